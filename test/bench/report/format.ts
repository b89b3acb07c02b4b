import type { Unit } from './results';

const grouped = new Intl.NumberFormat('en');

const UNIT_NAMES: Record<Unit, string> = {
  ms: 'ms',
  ns: 'ns',
  bytes: 'bytes',
  kB: 'kB',
  count: '',
  score: '',
  ratio: '×',
};

/** A number as a person reads it: with no more digits than mean something. */
export function formatted(value: number, unit: Unit): string {
  if (unit === 'score') return value.toFixed(3);
  if (unit === 'ratio') return value.toFixed(2);
  if (unit === 'ms' && Math.abs(value) < 100) return value.toFixed(1);
  return grouped.format(Math.round(value));
}

/** The same with its sign. */
export function signed(value: number, unit: Unit): string {
  return `${value < 0 ? '−' : '+'}${formatted(Math.abs(value), unit)}`;
}

/** A column's or an axis's title. */
export function withUnit(name: string, unit: Unit): string {
  return UNIT_NAMES[unit] ? `${name}, ${UNIT_NAMES[unit]}` : name;
}
