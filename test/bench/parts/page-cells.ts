/** How a site is guarded: not at all, by a worker that only listens, by one that reads IndexedDB in every event, by ours. */
export type Guard = 'none' | 'empty' | 'naive' | 'ours';

export const STATES = ['granted', 'refused', 'mixed'] as const;
/** What the visitor has decided: yes to everything, no, or yes to some. */
export type State = (typeof STATES)[number];

export const WALLS = ['strict', 'live', 'off'] as const;
export type Wall = (typeof WALLS)[number];

export const VISITS = ['first', 'warm', 'cold'] as const;
/** Never seen before; again, with the worker running; again, with the worker stopped. */
export type Visit = (typeof VISITS)[number];

/** A visitor's profile on a site: what lasts from one page to the next. */
export interface Setting {
  guard: Guard;
  /** Of ours. */
  wall?: Wall;
  state?: State;
  /** Milliseconds that are added to every answer. */
  delay: number;
}

/** One thing that is measured. */
export interface Cell extends Setting {
  visit: Visit;
  /** Own requests of the page, and as many of third parties. */
  size: number;
}

export interface Slice {
  sizes: readonly number[];
  delays: readonly number[];
  states: readonly State[];
  walls: readonly Wall[];
  visits: readonly Visit[];
}

/** What is looked at in one size only: as many requests as a page of a portal has. */
const DETAIL_SIZE = 20;

/** The size in which everything is measured. */
export function detailSize({ sizes }: Slice): number {
  return sizes.includes(DETAIL_SIZE) ? DETAIL_SIZE : sizes.at(-1)!;
}

/** All that is measured: repeat visits in all sizes; each wall, and first and cold visits, in one. */
export function cellsOf(slice: Slice): Cell[] {
  const { sizes, delays, visits } = slice;
  const detail = detailSize(slice);
  return delays.flatMap((delay) =>
    visits.flatMap((visit) =>
      sizes
        .filter((size) => visit === 'warm' || size === detail)
        .flatMap((size) =>
          settingsOf(visit, size === detail, slice).map((setting) => ({ ...setting, delay, visit, size })),
        ),
    ),
  );
}

function settingsOf(visit: Visit, isDetailed: boolean, { walls, states }: Slice): Omit<Setting, 'delay'>[] {
  // A visitor who was never there has decided nothing.
  if (visit === 'first') return [{ guard: 'none' }, { guard: 'empty' }, ...walls.slice(0, 1).map(undecided)];
  const others: Guard[] = visit === 'warm' ? ['none', 'empty', 'naive'] : ['empty', 'naive'];
  return [
    ...others.map((guard) => ({ guard })),
    ...walls.flatMap((wall, i) =>
      states
        .filter((state) => (isDetailed && visit === 'warm') || (i === 0 && state !== 'mixed'))
        .map((state) => ({ guard: 'ours' as const, wall, state })),
    ),
  ];
}

function undecided(wall: Wall): Omit<Setting, 'delay'> {
  return { guard: 'ours', wall };
}

/** What a table calls it. */
export function nameOf({ guard, wall, state }: Setting): string {
  if (guard === 'none') return 'no worker';
  if (guard === 'empty') return EMPTY;
  if (guard === 'naive') return 'naive gate';
  return ['ours', wall === 'strict' ? undefined : wall, state].filter(Boolean).join(', ');
}

/** What others are compared with: the least that a worker costs. */
export const EMPTY = 'empty listener';
