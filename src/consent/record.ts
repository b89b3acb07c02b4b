import type { ServiceId, ServiceTerms, Terms } from '../gate/terms';

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number;

export type Choices = Record<ServiceId, boolean>;

const ACTIONS = ['accept-all', 'refuse-all', 'choose', 'withdraw'] as const;

/** How a decision was made. */
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
}

/** The visitor's side of a decision about a request. */
export interface Consent {
  /** False until the stored record has been read: nothing that needs consent is permitted before. */
  restored: boolean;
  record?: ConsentRecord;
  now: EpochMs;
  /** The browser's Global Privacy Control signal. */
  globalPrivacyControl: boolean;
}

/** Browsers blur and adjust clocks; a decision from further in the future than this is not believed. */
const CLOCK_TOLERANCE_MS = 60_000;

/** Whether a record still counts: decided in the past, and not yet expired. */
export function isLive(record: ConsentRecord | undefined, now: EpochMs): record is ConsentRecord {
  return !!record && record.decidedAt <= now + CLOCK_TOLERANCE_MS && now < record.expiresAt;
}

/** Whether the visitor's consent permits a service. Doubt refuses. */
export function permits(service: ServiceTerms, consent: Consent, terms: Terms): boolean {
  const { restored, record, now, globalPrivacyControl } = consent;
  if (service.need === 'necessary') return true;
  if (!restored) return false;
  const choice = record?.choices[service.id];
  if (choice === true && isLive(record, now)) return true;
  // An objection to an exempt service outlives its record: silence is not a new agreement.
  return service.need === 'exempt' && choice !== false && !(globalPrivacyControl && terms.honoursGlobalPrivacyControl);
}

/** Reads a value that was stored by any version or by somebody else; undefined unless it is a whole record. */
export function parseRecord(value: unknown): ConsentRecord | undefined {
  const record = value as ConsentRecord | undefined;
  const whole =
    typeof record?.id === 'string' &&
    typeof record.revision === 'string' &&
    Number.isFinite(record.decidedAt) &&
    Number.isFinite(record.expiresAt) &&
    ACTIONS.includes(record.action) &&
    record.choices?.constructor === Object &&
    Object.values(record.choices).every((choice) => typeof choice === 'boolean');
  return whole ? record : undefined;
}
