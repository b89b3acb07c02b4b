import type { ServiceId } from '../gate/terms';
import type { Receipt } from './receipt';

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number;

export type Choices = Record<ServiceId, boolean>;

const ACTIONS = ['accept-all', 'refuse-all', 'choose', 'withdraw', 'adopt'] as const;

/** How a decision was made; `adopt`: somewhere else, and taken over from the mirror. */
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
  /** The language that the visitor was asked in, and the version of the text that was shown. */
  language?: string;
  text?: string;
  /** When it was last read, to within an hour: a clock that is behind this was set back. */
  seenAt?: EpochMs;
  /** Receipts that the site's server has not accepted yet, oldest first. */
  unsent?: Receipt[];
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
  once?: ServiceId[];
}

/** Browsers blur and adjust clocks; what is further in the future than this is not believed. */
const CLOCK_TOLERANCE_MS = 60_000;

/**
 * Whether a record still counts: decided in the past, and not yet expired. With a clock that was set back it does
 * not: nothing tells then how long ago the decision was.
 */
export function isLive(record: ConsentRecord | undefined, now: EpochMs): record is ConsentRecord {
  return !!record && Math.max(record.decidedAt, record.seenAt ?? 0) <= now + CLOCK_TOLERANCE_MS && now < record.expiresAt;
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
    record.choices?.constructor === Object &&
    Object.values(record.choices).every((choice) => typeof choice === 'boolean');
  return whole ? record : undefined;
}
