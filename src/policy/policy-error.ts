/** Keys and indexes that lead from the policy to a value in it: `['services', 3, 'origins', 0]`. */
export type PolicyPath = readonly (string | number)[];

/** Where something is in a text. Both count from 1; columns in UTF-16 code units, as editors do. */
export interface TextPlace {
  line: number;
  column: number;
}

/** What a validation finds. */
export interface PolicyMistake {
  /** Leads to what is wrong, or to where something is missing. */
  keys: PolicyPath;
  /** The last of the keys is wrong, and not what stands behind it. */
  isKey?: true;
  /** What was found there; undefined where nothing was. */
  found: unknown;
  /** What is wrong, and what to write instead. */
  fix: string;
}

/** One thing that is wrong in a policy. */
export interface PolicyIssue extends PolicyMistake {
  /** The keys in one: `services[3].origins[0]`. */
  path: string;
  /** Where that is in the file, when the policy was read from one. */
  place?: TextPlace;
}

/** A policy was not accepted; `message` lists every issue on a line of its own. */
export class PolicyError extends Error {
  override name = 'PolicyError';

  constructor(
    readonly issues: PolicyIssue[],
    file = 'the policy',
  ) {
    const lines = issues.map(
      ({ path, place, found, fix }) => `  ${written(place)}${path || '(top level)'}: ${show(found)}: ${fix}`,
    );
    super(`${file} has ${issues.length === 1 ? 'a mistake' : `${issues.length} mistakes`}:\n${lines.join('\n')}`);
  }
}

/** @returns `services[3].origins[0]` */
export function writePath(keys: PolicyPath): string {
  return keys.reduce<string>((text, key) => text + (typeof key === 'number' ? `[${key}]` : `${text && '.'}${key}`), '');
}

function written(place?: TextPlace): string {
  return place ? `line ${place.line}, column ${place.column}: ` : '';
}

function show(found: unknown): string {
  if (found === undefined) return 'missing';
  const json = JSON.stringify(found) ?? typeof found;
  return json.length > 80 ? `${json.slice(0, 77)}...` : json;
}
