/** A tag in an HTML document. */
export interface Tag {
  /** In lower case; an end tag's begins with "/". */
  name: string;
  /** What stands between the name and the end. */
  attributes: string;
  /** Its place in the text. */
  start: number;
  end: number;
}

/** What is inside these in a head is text to a browser that runs scripts; a template's content is no part of the page. */
const TEXT_ELEMENT = /^(?:script|style|title|noscript|noframes|template)$/;
/** As many characters as an end that has begun may have: `</template `. */
const LONGEST_END = 11;
const COMMENT = /--!?>/g;

// In quotes, ">" does not end a tag; quotes stand only after "=". Each text matches in one way only, so no time is lost.
const TAG = /<(?:(!--)|(?:[!?]|\/(?![a-z]))[^>]*>|(\/?[a-z][^\s/>]*)((?:=\s*(?:"[^"]*"|'[^']*'|(?![\s"'])[^\s>]*(?=[\s>]))|[^>=])*)>)/iy;
const MAY_BECOME_TAG = /<(?:$|[a-z!?/])/iy;

/**
 * Reads the tags of an HTML document, in which comments and scripts may have the same text as tags. The document may come
 * in pieces.
 */
export class TagReader {
  /** How many characters of the last piece are read; the rest belongs before the next one. */
  length = 0;
  /** What ends the comment, or the element of text, that has begun. */
  #end: RegExp | undefined;

  /** The tags that are whole, one after another. */
  *tags(text: string): Generator<Tag> {
    this.length = 0;
    for (;;) {
      if (this.#end) {
        const end = find(this.#end, text, this.length);
        this.length = end ? end.index + end[0].length : Math.max(this.length, text.length - LONGEST_END);
        if (!end) return;
        this.#end = undefined;
      }
      const start = text.indexOf('<', this.length);
      this.length = start < 0 ? text.length : start;
      if (start < 0) return;
      const tag = find(TAG, text, start);
      if (!tag) {
        if (find(MAY_BECOME_TAG, text, start)) return;
        this.length++;
        continue;
      }
      const [whole, comment, written = '', attributes = ''] = tag;
      const name = written.toLowerCase();
      // A comment may end where it begins: "<!-->".
      this.length += comment ? 2 : whole.length;
      if (comment) this.#end = COMMENT;
      else if (TEXT_ELEMENT.test(name)) this.#end = new RegExp(`</${name}[\\s/>]`, 'gi');
      if (name) yield { name, attributes, start, end: this.length };
    }
  }
}

function find(pattern: RegExp, text: string, from: number): RegExpExecArray | null {
  pattern.lastIndex = from;
  return pattern.exec(text);
}

const ENTITIES: Record<string, string> = { amp: '&', apos: "'", quot: '"', lt: '<', gt: '>' };

/** The attributes of a tag by their names in lower case; of several of one name, the first counts. */
export function attributesOf({ attributes }: Tag): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name, ...values] of attributes.matchAll(/([^\s/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?/g)) {
    const key = name!.toLowerCase();
    if (!found.has(key)) found.set(key, unescapeHtml(values.join('')));
  }
  return found;
}

/** The characters that templates and formatters escape. */
function unescapeHtml(text: string): string {
  return text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|([a-z]+));/gi, (entity, hex?: string, decimal?: string, name?: string) =>
    name ? (ENTITIES[name] ?? entity) : String.fromCodePoint(parseInt(hex ?? decimal!, hex ? 16 : 10) % 0x110000),
  );
}
