/** Nothing is looked for past a document's head, or this many bytes. */
export const LONGEST_HEAD = 64 * 1024;

/** A start tag in an HTML document. */
export interface Tag {
  /** In lower case. */
  name: string;
  /** What stands between the name and the end. */
  attributes: string;
  /** Its place in the text; that of a script, and the like, with its content. */
  start: number;
  end: number;
}

/** Quotes stand only after "=", and in them ">" ends nothing. */
const ATTRIBUTES = /((?:=\s*(?:"[^"]*(?:"|$)|'[^']*(?:'|$)|(?![\s"'])[^\s>]*)|[^>=])*)/.source;
/** It may end where it begins. */
const COMMENT = /!--(?:-?(?=>)|[^]*?(?:--!?(?=>)|$))/.source;
/** What has text in it to a browser that runs scripts, or no part of the page. */
const TEXT_ELEMENT = /(script|style|title|noscript|noframes|template)(?=[\s/>])/.source;
const TEXT = String.raw`(?:>[^]*?(?:</\1(?=[\s/>])[^>]*|$)|$)`;
const OTHER_TAG = /(?:[!?/]|$|([a-z][^\s/>]*))/.source;
/** What does not end is captured by the last group. Each text matches in one way only, so no time is lost. */
const TOKEN = new RegExp(
  `<(?:${COMMENT}|${TEXT_ELEMENT}${ATTRIBUTES}${TEXT}|${OTHER_TAG}${ATTRIBUTES})(?:>|($))`,
  'gi',
);

/**
 * Reads the tags of an HTML document, in which comments and scripts may have the same text as tags.
 * @param text whole, or a piece
 * @returns the start tags that are whole, and how many characters are read: the rest may become one with what follows
 */
export function readTags(text: string): { tags: Tag[]; length: number } {
  const tags: Tag[] = [];
  for (const token of text.matchAll(TOKEN)) {
    const [whole, textElement, textAttributes, name = textElement, attributes = textAttributes, unfinished] = token;
    if (unfinished !== undefined) return { tags, length: token.index };
    if (name)
      tags.push({
        name: name.toLowerCase(),
        attributes: attributes!,
        start: token.index,
        end: token.index + whole.length,
      });
  }
  return { tags, length: text.length };
}

/** Those that a policy may be written with. */
const ENTITIES: Record<string, string> = { amp: '&', apos: "'" };

/** An attribute of a tag; of several of one name, the first counts. */
export function attributeOf({ attributes }: Tag, name: string): string | undefined {
  const found = [...attributes.matchAll(/([^\s/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?/g)].find(
    ([, key]) => key!.toLowerCase() === name,
  );
  return found
    ?.slice(2)
    .join('')
    .replace(/&(#x?)?(\w{1,7});/gi, (entity, number: string | undefined, code: string) =>
      number ? String.fromCharCode(number[1] ? parseInt(code, 16) : +code) : (ENTITIES[code] ?? entity),
    );
}
