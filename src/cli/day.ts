import type { EpochMs } from '../consent/record';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The first millisecond of a day, in UTC.
 * @param day `2026-11-23`
 * @returns undefined when there is no such day
 */
export function startOf(day: string): EpochMs | undefined {
  const time = Date.parse(`${day}T00:00:00Z`);
  // Date.parse takes the 31st of every month.
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(`${day}T`) ? time : undefined;
}

/** The last millisecond of a day, in UTC. */
export function endOf(day: string): EpochMs | undefined {
  const start = startOf(day);
  return start === undefined ? undefined : start + DAY_MS - 1;
}
