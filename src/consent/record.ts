import type { ServiceId, ServiceTerms, Terms } from '../gate/terms';

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number;

export type Choices = Record<ServiceId, boolean>;

/** How a decision was made. */
export type ConsentAction = 'accept-all' | 'refuse-all' | 'choose' | 'withdraw';

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

export type PermittedBecause = 'necessary' | 'exempt' | 'granted';
export type RefusedBecause = 'undecided' | 'refused' | 'objected' | 'expired' | 'unrestored';
export type Permission = { permitted: true; reason: PermittedBecause } | { permitted: false; reason: RefusedBecause };

/** Browsers blur and adjust clocks; a decision from further in the future than this is not believed. */
const CLOCK_TOLERANCE_MS = 60_000;

/** Whether a record still counts: decided in the past, and not yet expired. */
export function isLive(record: ConsentRecord | undefined, now: EpochMs): record is ConsentRecord {
  return !!record && record.decidedAt <= now + CLOCK_TOLERANCE_MS && now < record.expiresAt;
}

/** Whether the visitor's consent permits a service, and why. Doubt refuses. */
export function permissionOf(service: ServiceTerms, consent: Consent, terms: Terms): Permission {
  if (service.need === 'necessary') return { permitted: true, reason: 'necessary' };
  if (!consent.restored) return { permitted: false, reason: 'unrestored' };
  const { record } = consent;
  const live = isLive(record, consent.now);
  const choice = record && Object.hasOwn(record.choices, service.id) ? record.choices[service.id] : undefined;
  if (live && choice === true) return { permitted: true, reason: 'granted' };
  if (service.need === 'exempt') {
    // An objection outlives the record that it was made in: silence is not a new agreement.
    const objected = choice === false || (choice === undefined && consent.globalPrivacyControl && terms.honoursGlobalPrivacyControl);
    return objected ? { permitted: false, reason: 'objected' } : { permitted: true, reason: 'exempt' };
  }
  if (record && !live) return { permitted: false, reason: 'expired' };
  return { permitted: false, reason: choice === false ? 'refused' : 'undecided' };
}

/** Reads a value that was stored by any version or by somebody else; undefined unless it is a whole record. */
export function parseRecord(value: unknown): ConsentRecord | undefined {
  const record = value as ConsentRecord | undefined;
  const whole =
    typeof record?.id === 'string' &&
    typeof record.revision === 'string' &&
    Number.isFinite(record.decidedAt) &&
    Number.isFinite(record.expiresAt) &&
    typeof record.choices === 'object' &&
    record.choices !== null;
  return whole ? record : undefined;
}
