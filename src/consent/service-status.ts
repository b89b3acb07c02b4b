import type { ServiceId, CompiledService, CompiledPolicy } from '../compiled-policy/compiled-policy';
import { isInForce, type Consent, type ConsentRecord } from './record';

/**
 * How a service stands with the visitor.
 * - permitted: `necessary`; `exempt`, while the visitor does not object; `granted`; `once`, for one page
 * - not permitted: `objected`, `refused`, also by a signal that answers for the visitor; `unrestored`, while the stored record has not been read
 * - not permitted, and to be asked: `undecided`; `expired`; `outdated`, where the service has changed since
 */
export type ServiceStatus = GrantReason | RefusalReason;
export type GrantReason = 'necessary' | 'exempt' | 'granted' | 'once';
export type RefusalReason = 'undecided' | 'refused' | 'objected' | 'expired' | 'outdated' | 'unrestored';

/** Doubt refuses. */
export function statusOf(
  service: CompiledService,
  { restored, record, now, globalPrivacyControl, once }: Consent,
  policy: CompiledPolicy,
): ServiceStatus {
  const { id, need } = service;
  if (need === 'necessary') return need;
  if (!restored) return 'unrestored';
  if (once?.includes(id)) return 'once';
  const choice = record?.choices[id];
  const counts = isInForce(record, now, policy) && isCurrent(service, record);
  if (choice === true && counts) return 'granted';
  if (need === 'exempt') {
    // An objection outlives its record: silence is not a new agreement.
    return choice === false || (globalPrivacyControl && policy.globalPrivacyControl !== 'ignore') ? 'objected' : need;
  }
  // The visitor's browser has answered whatever they have not.
  if (globalPrivacyControl && policy.globalPrivacyControl === 'answer') return 'refused';
  if (record && !isInForce(record, now, policy)) return 'expired';
  if (typeof choice !== 'boolean') return 'undecided';
  return counts ? 'refused' : 'outdated';
}

/**
 * Whether the visitor has to be asked, and about what.
 * - `undecided`: not asked yet, or not about everything: a service may have been allowed in passing
 * - `expired`: there was a decision; ask again
 * - `outdated`: everything was decided, and the policy has changed; ask about what is new, the rest of the decision stands
 * - `decided`: do not ask
 */
export type ConsentState = 'undecided' | 'expired' | 'outdated' | 'decided';

/** @returns also the services that wait for an answer; none when it is `decided` */
export function consentState(consent: Consent, policy: CompiledPolicy): { state: ConsentState; toAsk: ServiceId[] } {
  if (consent.globalPrivacyControl && policy.globalPrivacyControl === 'answer') return { state: 'decided', toAsk: [] };
  const toAsk = policy.services
    .filter((service) => waitsForAnswer(service, statusOf(service, consent, policy)))
    .map(({ id }) => id);
  return { state: toAsk.length > 0 ? stateOf(consent, policy) : 'decided', toAsk };
}

/** Nobody is asked about exempt services, whose statuses are others, but while nothing is known. */
function waitsForAnswer({ need }: CompiledService, status: ServiceStatus): boolean {
  return need === 'consent' && /^(undecided|expired|outdated|unrestored)$/.test(status);
}

function stateOf({ record, now }: Consent, policy: CompiledPolicy): ConsentState {
  if (!record) return 'undecided';
  if (!isInForce(record, now, policy)) return 'expired';
  return record.complete ? 'outdated' : 'undecided';
}

/** Whether the visitor's consent permits a service. */
export function permits(service: CompiledService, consent: Consent, policy: CompiledPolicy): boolean {
  return isPermitted(statusOf(service, consent, policy));
}

export function isPermitted(status: ServiceStatus): status is GrantReason {
  return status === 'granted' || status === 'necessary' || status === 'exempt' || status === 'once';
}

/** Whether a record's choice about a service was made about the service as it is now. */
export function isCurrent({ since }: CompiledService, { revision }: ConsentRecord): boolean {
  return !since || compareRevisions(revision, since) >= 0;
}

/** Orders revisions: dates, numbers and versions as they are read, so that 10 comes after 9. */
export function compareRevisions(one: string, other: string): number {
  return one === other ? 0 : one.localeCompare(other, 'en', { numeric: true });
}
