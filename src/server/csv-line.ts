/**
 * Where a reader may start a cell: at the start of one, and after whatever separates cells or rows for somebody. To who
 * separates by semicolons, as spreadsheets in France, or by tabs, a quoted cell is no whole: its line breaks start rows.
 */
const STARTS = String.raw`;,\t\r\n\v\f\u0085\u2028\u2029`;

/** What a spreadsheet skips before a formula, and the quotes that it takes off. */
const SKIPPED = String.raw`(?![${STARTS}])[\s\p{Cc}\p{Cf}"]`;

/** What makes a formula of a cell, also in the full-width and small forms that spreadsheets in East Asia take for the same. */
const FORMULA = new RegExp(String.raw`(^|[${STARTS}])(?=(?:${SKIPPED})*[=+\-@＝＋－＠﹦﹢﹣﹫])`, 'gu');

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
  return /[",;\t\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
