/** One thing that was found on a site. */
export interface Finding {
  /** Names its kind; stays the same, whatever the words say. */
  code: string;
  /** The page that it is on, or the file that it is about; undefined where it is about neither. */
  url?: string;
  /** Where it is, unless it is on the first page, and what it is. */
  says: string;
  /** What to do. */
  remedy?: string;
  /** Whether something is wrong; otherwise it is a note, which is good to know. */
  fails: boolean;
}

/** What a person reads of a finding. */
export function textOf({ says, remedy }: Finding): string {
  return remedy === undefined ? says : `${says} ${remedy}`;
}

/** Something that is wrong. @param url where it is not about the page that is looked at */
export function problem(code: string, says: string, remedy: string, url?: URL): Finding {
  return { code, url: url?.href, says, remedy, fails: true };
}

/** Something that is good to know. */
export function note(code: string, says: string, remedy: string, url?: URL): Finding {
  return { code, url: url?.href, says, remedy, fails: false };
}
