/**
 * Where a spreadsheet sees the start of a formula, also in its full-width form: at the start of a cell, and where
 * one that separates cells by semicolons, as in France, would start another.
 */
const FORMULA = /(^|[;,])(?=\s*[=+\-@＝＋－＠])/g;

/**
 * One line of CSV, with its line break.
 *
 * What a spreadsheet would calculate gets a `'` in front, which makes it text.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4180
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvLine(cells: string[]): string {
  return `${cells.map(writeCell).join(',')}\r\n`;
}

function writeCell(text: string): string {
  const inert = text.replace(FORMULA, "$1'");
  return /[",;\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
