import type { TextPlace } from '../policy/policy-error';
import { otherLanguage } from './other-language';
import { placeAt } from './text-place';

/** The first place where a text is not JSON, or says the same thing twice. */
export interface JsonMistake extends TextPlace {
  /** What is wrong there, and what to write instead. */
  fix: string;
}

/** What people write who know another language, and what it is in JSON. */
const WORDS: Record<string, string> = {
  True: 'true',
  TRUE: 'true',
  yes: 'true',
  Yes: 'true',
  on: 'true',
  False: 'false',
  FALSE: 'false',
  no: 'false',
  No: 'false',
  off: 'false',
  None: 'null',
  nil: 'null',
  NULL: 'null',
};
const LITERAL = /(?:true|false|null)(?![\w$])/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.+-])/iy;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const WORD = /[\w$-]+/y;
const SPACE = /[ \t\r\n]*/y;
const NUMBER_LIKE = /[-+.\w]+/y;
/** What looks like space, or like nothing at all, and is none to JSON. */
const INVISIBLE = /[^\S \t\r\n]|[\u00ad\u180e\u200b-\u200f\u2060-\u2064\ufeff]/;
const INVISIBLE_NAMES: Record<string, string> = {
  '\u00a0': 'a no-break space',
  '\u00ad': 'a soft hyphen',
  '\u200b': 'a zero-width space',
  '\u200d': 'a zero-width joiner',
  '\u202f': 'a narrow no-break space',
  '\u2028': 'a line separator',
  '\u3000': 'an ideographic space',
  '\ufeff': 'a byte order mark',
};
const TYPOGRAPHIC = '‘’‚‛“”„‟«»‹›';
/** What stands in quotes that are not JSON's. */
const QUOTED = new RegExp(`[\`'${TYPOGRAPHIC}]([^\`'"${TYPOGRAPHIC}\\r\\n]*)`, 'y');
/** A typographic quote where a text is to end. */
const CLOSED_BY = new RegExp(`[${TYPOGRAPHIC}](?=\\s*[:,\\]}\\r\\n])`);

/**
 * Finds what `JSON.parse` does not say in words that help: where the mistake is, and what to write there.
 * @returns undefined for JSON in which every key is there once
 * @see https://www.rfc-editor.org/rfc/rfc8259
 */
export function jsonMistake(text: string): JsonMistake | undefined {
  try {
    new Scanner(text).scan();
    return undefined;
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    const { at, fix } = otherLanguage(text) ?? { at: error.at, fix: error.message };
    return { ...placeAt(text, at), fix };
  }
}

class Mistake extends Error {
  constructor(
    readonly at: number,
    fix: string,
  ) {
    super(fix);
  }
}

/** Walks over a text by the grammar of JSON, and throws where it leaves it. */
class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  scan(): void {
    this.#value();
    if (this.#next() === ':')
      this.#fail('the braces around it are missing. Write "{" before this, and "}" at the end', 0);
    if (this.#next())
      this.#fail('the policy has ended before this. Delete it, or see whether a bracket above closes too early');
  }

  #value(): void {
    const next = this.#next();
    if (next === '{') return this.#object();
    if (next === '[') return this.#items(']', () => this.#value());
    if (next === '"') return void this.#string();
    if (!this.#take(LITERAL) && !this.#take(NUMBER)) this.#failAtValue(next);
  }

  #object(): void {
    const lines = new Map<string, number>();
    this.#items('}', () => {
      const start = this.#at;
      const key = this.#next() === '"' ? this.#string() : this.#failAtKey();
      const line = lines.get(key);
      if (line !== undefined)
        this.#fail(
          `"${key}" is there already, on line ${line}, and only the last one would count. Make one of them`,
          start,
        );
      lines.set(key, this.#lineOf(start));
      if (this.#next() !== ':') this.#fail('write ":" between a key and its value');
      this.#at += 1;
      this.#value();
    });
  }

  /** What stands between two brackets, with commas. */
  #items(close: string, item: () => void): void {
    const open = this.#at;
    this.#at += 1;
    if (this.#next() !== close) {
      for (;;) {
        this.#failAtEnd(open, close);
        item();
        const next = this.#next();
        const comma = this.#at;
        if (next === close) break;
        if (next !== ',') this.#failAtComma(next, open, close);
        this.#at += 1;
        if (this.#next() === close) this.#fail('there is no "," after the last one. Delete it', comma);
      }
    }
    this.#at += 1;
  }

  #string(): string {
    const start = this.#at;
    this.#at += 1;
    while (this.#take(PLAIN) && this.#text[this.#at] !== '"') {
      const next = this.#text[this.#at] ?? '';
      if (/[\r\n]|^$/.test(next)) this.#failAtQuote(start);
      if (/[\r\n]|^$/.test(next))
        this.#fail('this text does not end on its line. Close it with ", and write \\n for a line break', start);
      if (next !== '\\') this.#fail('a text has no tabs or other control characters. Delete it, or write \\t');
      if (!this.#take(ESCAPE))
        this.#fail(
          `"${this.#text.slice(this.#at, this.#at + 2)}" stands for nothing in JSON. Write "\\\\" for a backslash; no name or origin in a policy needs one`,
        );
    }
    this.#at += 1;
    return JSON.parse(this.#text.slice(start, this.#at)) as string;
  }

  /** Skips space; what comes then, empty at the end. */
  #next(): string {
    this.#take(SPACE);
    if (/^(\/[/*]|#)/.test(this.#text.slice(this.#at, this.#at + 2))) this.#fail('JSON has no comments. Delete it');
    const next = this.#text[this.#at] ?? '';
    if (INVISIBLE.test(next)) this.#failAtInvisible(next);
    return next;
  }

  /** Goes on past what matches here, if it does. */
  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found) this.#at += found[0].length;
    return !!found;
  }

  #word(): string {
    WORD.lastIndex = this.#at;
    return WORD.exec(this.#text)?.[0] ?? '';
  }

  #lineOf(at: number): number {
    return placeAt(this.#text, at).line;
  }

  /** Where a text that has begun with a straight quote was to end with another. */
  #failAtQuote(start: number): void {
    const closed = CLOSED_BY.exec(this.#text.slice(start, this.#at));
    if (closed)
      this.#fail(`${closed[0]} is a typographic quote, and does not end a text. Write "`, start + closed.index);
  }

  #failAtInvisible(character: string): never {
    const name = INVISIBLE_NAMES[character] ?? 'an invisible character';
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    this.#fail(`here is ${name} (U+${code}), which JSON does not know. Delete it, or type a plain space in its place`);
  }

  /** What stands in other quotes is to be in straight double ones. */
  #failInQuotes(next: string, what: 'keys' | 'texts'): void {
    QUOTED.lastIndex = this.#at;
    const quoted = QUOTED.exec(this.#text);
    if (!quoted) return;
    const write = `Write ${JSON.stringify(quoted[1] || '…')}`;
    this.#fail(
      TYPOGRAPHIC.includes(next)
        ? `${next} is a typographic quote: ${what} are in straight double quotes. ${write}`
        : `${what} are in double quotes, not in ${next === "'" ? 'single ones' : 'backticks'}. ${write}`,
    );
  }

  #failAtKey(): never {
    this.#failInQuotes(this.#text[this.#at] ?? '', 'keys');
    const word = this.#word();
    this.#fail(
      word ? `keys are in double quotes. Write "${word}"` : 'a key in double quotes is missing here, such as "id"',
    );
  }

  #failAtValue(next: string): never {
    const word = this.#word();
    if (Object.hasOwn(WORDS, word)) this.#fail(`${word} is not JSON. Write ${WORDS[word]}`);
    if (/^(undefined|NaN)$/.test(word)) this.#fail(`JSON has no ${word}. Leave the key out`);
    if (/[-+.\d]/.test(next)) this.#failAtNumber();
    this.#failInQuotes(next, 'texts');
    this.#fail(word ? `texts are in double quotes. Write "${word}"` : 'a value is missing here');
  }

  #failAtNumber(): never {
    NUMBER_LIKE.lastIndex = this.#at;
    const written = NUMBER_LIKE.exec(this.#text)![0];
    const value = written.endsWith('_') ? NaN : Number(written.replaceAll('_', ''));
    const wrong = /^-?0\d/.test(written) ? 'a number has no zero before it' : 'this is no number as JSON has them';
    this.#fail(`${wrong}. Write ${Number.isFinite(value) ? value : 'it plainly, such as 6'}`);
  }

  #failAtComma(next: string, open: number, close: string): never {
    this.#failAtEnd(open, close);
    const opened = `the "${this.#text[open]}" of line ${this.#lineOf(open)}`;
    if (/[\]}]/.test(next)) this.#fail(`${opened} is still open. Write "${close}" before this`);
    this.#fail(
      /["'{[\w-]/.test(next)
        ? 'a "," is missing before this'
        : `"${next}" does not belong here. Write ",", or "${close}" to close ${opened}`,
    );
  }

  #failAtEnd(open: number, close: string): void {
    if (this.#next() === '')
      this.#fail(
        `the file ends here, and the "${this.#text[open]}" of line ${this.#lineOf(open)} is still open. Add what is missing, and "${close}"`,
      );
  }

  #fail(fix: string, at = this.#at): never {
    throw new Mistake(at, fix);
  }
}
