import type { LoadTimes } from '../browser/load-times';
import type { Row, Table } from '../report/results';
import type { Samples } from '../rounds';
import { detailSize, EMPTY, nameOf, type Cell, type Slice, type Visit } from './page-cells';

/** A cell with what was measured in it. */
export interface MeasuredCell extends Cell {
  samples: Samples<keyof LoadTimes>;
}

const METRICS: { metric: keyof LoadTimes; name: string }[] = [
  { metric: 'firstByte', name: 'first byte' },
  { metric: 'firstPaint', name: 'first paint' },
  { metric: 'load', name: 'load' },
  { metric: 'mainThread', name: 'main thread' },
];

/** Metrics that are drawn. */
const DRAWN: (keyof LoadTimes)[] = ['load', 'firstPaint'];

const VISIT_NAMES: Record<Visit, string> = { warm: 'Each wall', first: 'First visit', cold: 'Cold worker' };

/** Repeat visits by size, a table for each metric; then all metrics in one size, a table for each kind of visit. */
export function pageTables(measured: MeasuredCell[], slice: Slice): Table[] {
  return slice.delays.flatMap((delay) => {
    const network = delay ? `${delay} ms added to every answer` : 'loopback';
    const here = measured.filter((cell) => cell.delay === delay);
    return [
      ...METRICS.map((metric) => bySize(here, metric, network, slice)),
      ...(['warm', 'cold', 'first'] as const).map((visit) => byMetric(here, visit, network, slice)),
    ].filter(({ rows }) => rows.length > 0);
  });
}

function bySize(
  measured: MeasuredCell[],
  { metric, name }: (typeof METRICS)[number],
  network: string,
  { sizes, delays, walls }: Slice,
): Table {
  const cells = measured.filter(
    ({ visit, wall = walls[0], state }) => visit === 'warm' && wall === walls[0] && state !== 'mixed',
  );
  const delay = cells[0]?.delay ?? delays[0];
  return {
    title: `Repeat visit, ${name}, ${network}`,
    columns: sizes.map((size) => ({ name: size ? `${size} + ${size} requests` : 'none', unit: 'ms' })),
    rows: rowsOf(cells, (row) => sizes.map((size) => row.find((cell) => cell.size === size)?.samples[metric] ?? null)),
    baseline: EMPTY,
    chart: DRAWN.includes(metric) ? { file: `page-${metric.toLowerCase()}-${delay}.svg` } : undefined,
  };
}

function byMetric(measured: MeasuredCell[], visit: Visit, network: string, slice: Slice): Table {
  const size = detailSize(slice);
  const cells = measured.filter((cell) => cell.visit === visit && cell.size === size);
  return {
    title: `${VISIT_NAMES[visit]}, ${size} + ${size} requests, ${network}`,
    columns: METRICS.map(({ name }) => ({ name, unit: 'ms' })),
    rows: rowsOf(cells, ([cell]) => METRICS.map(({ metric }) => cell!.samples[metric])),
    baseline: EMPTY,
  };
}

/** A row for each variant, in the order in which they were measured. */
function rowsOf(cells: MeasuredCell[], values: (row: MeasuredCell[]) => Row['cells']): Row[] {
  const names = [...new Set(cells.map(nameOf))];
  return names.map((name) => ({ name, cells: values(cells.filter((cell) => nameOf(cell) === name)) }));
}
