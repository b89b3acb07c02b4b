import type { ServiceId, CompiledPolicy } from '../compiled-policy/compiled-policy';
import type { Receipt } from './receipt';

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number;

export type Choices = Record<ServiceId, boolean>;

const ACTIONS = ['accept-all', 'refuse-all', 'choose', 'withdraw', 'adopt', 'once'] as const;

/** How a decision was made; `adopt`: somewhere else, and taken over from the mirror; `once`: for one page only. */
export type ConsentAction = (typeof ACTIONS)[number];

/** The visitor's decision, as it is stored and proven. Says what was decided and when, never by whom. */
export interface ConsentRecord {
  /** A random UUID. */
  id: string;
  /** The policy's revision that the visitor was asked about. */
  revision: string;
  decidedAt: EpochMs;
  /** Absolute: visits and later changes of single services never move it back. */
  expiresAt: EpochMs;
  action: ConsentAction;
  choices: Choices;
  /** Whether the visitor has answered everything that the site asked in this term: what lacks an answer is new. */
  complete?: boolean;
  /** The language that the visitor was asked in, and the version of the text that was shown. */
  language?: string;
  text?: string;
  /** When it was last looked at, to within a minute: a clock that is further behind was set back. */
  seenAt?: EpochMs;
  /** Receipts that the site's server has not accepted yet, oldest first. */
  unsent?: Receipt[];
  /** The server has not taken one: no page sends any before. `length` is in milliseconds. */
  pause?: { until: EpochMs; length: number };
}

/** The visitor's side of a decision about a request. */
export interface Consent {
  /** False until the stored record has been read: nothing that needs consent is permitted before. */
  restored: boolean;
  record?: ConsentRecord;
  now: EpochMs;
  /** The browser's Global Privacy Control signal. */
  globalPrivacyControl: boolean;
  /** What the visitor has allowed for one page only, where it is asked for that page. */
  once?: readonly ServiceId[];
}

/** Browsers blur and adjust clocks; what is further in the future than this is not believed. */
const CLOCK_TOLERANCE_MS = 60_000;

/** So long that no term ends before its calendar months do. */
const MONTH_MS = 31 * 24 * 60 * 60 * 1000;

/** Whether a time is in the past, as far as the clock can be trusted. */
export function isPlausible(time: EpochMs, now: EpochMs): boolean {
  return time <= now + CLOCK_TOLERANCE_MS;
}

/** When a record was decided. With a clock that was set back, nobody knows any more, and any decision is later. */
export function timeOf(record: ConsentRecord | undefined, now: EpochMs): EpochMs {
  return record && isPlausible(record.decidedAt, now) ? record.decidedAt : 0;
}

/**
 * Whether a record still counts: decided in the past, and not yet expired. With a clock that was set back it does
 * not: nothing tells then how long ago the decision was. A policy that keeps decisions for fewer months than when
 * it was made ends it earlier.
 */
export function isInForce(
  record: ConsentRecord | undefined,
  now: EpochMs,
  { months }: Pick<CompiledPolicy, 'months'>,
): record is ConsentRecord {
  return !!record && isPlausible(lastSeen(record), now) && now < expiryOf(record, { months });
}

/** When a record stops to count: at its own end, or at an earlier one that the policy has now. */
export function expiryOf({ expiresAt, decidedAt }: ConsentRecord, { months }: Pick<CompiledPolicy, 'months'>): EpochMs {
  return Math.min(expiresAt, decidedAt + months * MONTH_MS);
}

/**
 * The record with the time noted at which it was looked at; ended, where the clock turns out to have been set back
 * since. Called by whoever reads or keeps a record, each time before it decides; a record that has expired is noted too,
 * or a clock set back would bring it back.
 * @returns the same record where there is nothing worth noting
 */
export function withLastSeen(record: ConsentRecord | undefined, now: EpochMs): ConsentRecord | undefined {
  if (!record) return undefined;
  const passed = now - lastSeen(record);
  if (passed > CLOCK_TOLERANCE_MS) return { ...record, seenAt: now };
  return passed < -CLOCK_TOLERANCE_MS && now < record.expiresAt ? { ...record, expiresAt: now } : record;
}

function lastSeen({ decidedAt, seenAt = 0 }: ConsentRecord): EpochMs {
  return Math.max(decidedAt, seenAt);
}

/** Reads a value that was stored by any version or by somebody else; undefined unless it is a whole record. */
export function parseRecord(value: unknown): ConsentRecord | undefined {
  const record = value as ConsentRecord | undefined;
  const whole =
    typeof record?.id === 'string' &&
    typeof record.revision === 'string' &&
    [record.decidedAt, record.expiresAt, record.seenAt ?? 0].every(Number.isFinite) &&
    Array.isArray(record.unsent ?? []) &&
    ACTIONS.includes(record.action) &&
    // A service may have the id `constructor`, so the choices cannot be asked what they are.
    Object.prototype.toString.call(record.choices) === '[object Object]' &&
    Object.values(record.choices).every((choice) => typeof choice === 'boolean');
  return whole ? record : undefined;
}
