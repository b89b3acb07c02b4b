/** What shells take for the end of a word, or for more than itself. */
const SPECIAL = /[\s"'\\$`!*?<>|&;()[\]{}#]/;

/** A name or an address as it is to be written in a command that somebody copies, on this machine. */
export function shellWord(text: string): string {
  if (!SPECIAL.test(process.platform === 'win32' ? text.replaceAll('\\', '/') : text)) return text;
  return `"${process.platform === 'win32' ? text : text.replace(/["\\$`]/g, '\\$&')}"`;
}
