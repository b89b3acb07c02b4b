import type { TextPlace } from '../policy/policy-error';

/** Where something is of which a text has this number of code units before it. */
export function placeAt(text: string, at: number): TextPlace {
  const before = text.slice(0, at).split(/\r\n|\r|\n/);
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
