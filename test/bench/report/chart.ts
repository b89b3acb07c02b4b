import { summaryOf } from '../statistics';
import { formatted, withUnit } from './format';
import type { Table } from './results';

const WIDTH = 860;
const NAMES_WIDTH = 270;
const VALUES_WIDTH = 70;
const BAR_HEIGHT = 16;
const GAP = 5;
const GROUP_TITLE = 30;
const HEADING = 34;
const BARS_WIDTH = WIDTH - NAMES_WIDTH - VALUES_WIDTH;
const MIDDLE = BAR_HEIGHT / 2;

const STYLE = `text { font: 13px system-ui, sans-serif; fill: #1f2328 }
.heading { font-weight: 600; font-size: 15px } .group { font-weight: 600 }
.bar { fill: #8c959f } .own { fill: #0969da } .spread { stroke: #1f2328; stroke-width: 1.5 }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .bar { fill: #6e7681 } .own { fill: #4493f8 } .spread { stroke: #e6edf3 } }`;

interface Bar {
  name: string;
  isOwn: boolean;
  median: number;
  lower: number;
  upper: number;
}

/**
 * Draws the medians of a table as bars, in groups by column, with the quartiles as a line across their ends.
 * @param own what the rows of ours begin with: they have a colour of their own
 * @returns an SVG image, which goes by the reader's colour scheme
 */
export function chartOf({ title, columns, rows, chart }: Table, own: string): string {
  const drawn = columns.flatMap((column, index) => {
    if (chart?.columns && !chart.columns.includes(column.name)) return [];
    const bars = rows.flatMap(({ name, cells }): Bar[] =>
      cells[index]?.length ? [{ name, isOwn: name.startsWith(own), ...summaryOf(cells[index]) }] : [],
    );
    return [{ column, bars }];
  });
  const height = HEADING + drawn.reduce((sum, { bars }) => sum + heightOf(bars), 0) + GAP;
  let top = HEADING;
  const groups = drawn.map(({ column, bars }) => {
    const longest = Math.max(...bars.map(({ upper }) => upper), Number.MIN_VALUE);
    const group = [
      `<text class="group" x="0" y="${top + 16}">${escaped(withUnit(column.name, column.unit))}</text>`,
      ...bars.map((bar, i) =>
        drawBar(bar, {
          top: top + GROUP_TITLE + i * (BAR_HEIGHT + GAP),
          scale: BARS_WIDTH / longest,
          value: formatted(bar.median, column.unit),
        }),
      ),
    ];
    top += heightOf(bars);
    return group.join('\n');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
<text class="heading" x="0" y="18">${escaped(title)}</text>
${groups.join('\n')}
</svg>
`;
}

function heightOf(bars: Bar[]): number {
  return GROUP_TITLE + bars.length * (BAR_HEIGHT + GAP);
}

function drawBar(
  { name, isOwn, median, lower, upper }: Bar,
  { top, scale, value }: { top: number; scale: number; value: string },
): string {
  const x = (length: number) => (NAMES_WIDTH + length * scale).toFixed(1);
  const middle = top + MIDDLE;
  return `<text x="${NAMES_WIDTH - 8}" y="${middle + 4}" text-anchor="end">${escaped(name)}</text>
<rect class="${isOwn ? 'own' : 'bar'}" x="${NAMES_WIDTH}" y="${top}" width="${(median * scale).toFixed(1)}" height="${BAR_HEIGHT}"/>
<line class="spread" x1="${x(lower)}" x2="${x(upper)}" y1="${middle}" y2="${middle}"/>
<text x="${Number(x(Math.max(median, upper))) + 6}" y="${middle + 4}">${value}</text>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
