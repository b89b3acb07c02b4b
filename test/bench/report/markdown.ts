import { compare, summaryOf } from '../statistics';
import { formatted, signed, withUnit } from './format';
import type { Column, PartResult, Results, Row, Table } from './results';

const INTRODUCTION = `# How fast it is

Written by \`npm run bench\` (\`test/bench/\`), which measures all of this anew; \`npm run bench -- --only page,decision\` measures
parts of it, and keeps the others.

What a table compares was measured in turn, round by round, in one run. A number is the median of the rounds, with the first
and third quartile in brackets where they differ from it, and the median of the differences, round by round, to the row that is
called the baseline. A difference is called *noise* where it may as well be chance: where the 95 % confidence interval of its
median, as the sign test has it, holds zero.
`;

/** The whole document. */
export function documentOf(results: Results): string {
  return [INTRODUCTION, ...Object.values(results).map(section)].join('\n');
}

function section({ title, method, date, environment, tables }: PartResult): string {
  const { machine, versions, rounds } = environment;
  return [
    `## ${title}\n`,
    ...method.map((paragraph) => `${paragraph}\n`),
    `Measured on ${date}: ${machine}; ${versions.join(', ')}; ${rounds}.\n`,
    ...tables.map(tableOf),
  ].join('\n');
}

/** A table in Markdown, under its title, with the chart of it. */
export function tableOf(table: Table): string {
  const { title, columns, rows, baseline, chart } = table;
  const compared = rows.find(({ name }) => name === baseline);
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [
    `### ${title}\n`,
    line(['', ...columns.map(({ name, unit }) => withUnit(name, unit))]),
    line(['---', ...columns.map(() => '---:')]),
    ...rows.map((row) => line([nameOf(row, compared), ...columns.map((column, i) => cell(column, i, row, compared))])),
    '',
    ...whyNotFirst(table, compared),
    ...(chart ? [`![${title}](performance/${chart.file})\n`] : []),
  ].join('\n');
}

/** For each column in which a rival has less, beyond the noise: who, and why. */
function whyNotFirst({ columns, rows, notFirst }: Table, compared: Row | undefined): string[] {
  if (!notFirst || !compared) return [];
  const rivals = rows.filter(({ name }) => notFirst.rivals.includes(name));
  const lines = columns.flatMap(({ name }, i) => {
    const before = rivals.filter(({ cells }) => isLess(cells[i], compared.cells[i]));
    if (before.length === 0) return [];
    return [`- *${name}*, less in ${before.map((row) => row.name).join(', ')}: ${notFirst.why[name] ?? 'not known.'}`];
  });
  return lines.length > 0 ? [`Where ${compared.name} is not first:\n`, ...lines, ''] : [];
}

function isLess(values?: number[] | null, others?: number[] | null): boolean {
  if (!values?.length || !others?.length) return false;
  const { difference, isNoise } = compare(values, others);
  return !isNoise && difference < 0;
}

function nameOf(row: Row, compared: Row | undefined): string {
  return row === compared ? `${row.name} (baseline)` : row.name;
}

function cell({ unit }: Column, index: number, row: Row, compared: Row | undefined): string {
  const values = row.cells[index];
  if (!values?.length) return '–';
  const { median, lower, upper } = summaryOf(values);
  const [middle, ...ends] = [median, lower, upper].map((value) => formatted(value, unit));
  const told = ends.every((end) => end === middle) ? middle! : `${middle} (${ends.join('–')})`;
  const others = compared?.cells[index];
  if (row === compared || !others?.length) return told;
  const { difference, isNoise } = compare(values, others);
  // Counts may be the very same.
  if (difference === 0) return told;
  return `${told}, ${isNoise ? 'noise' : signed(difference, unit)}`;
}
