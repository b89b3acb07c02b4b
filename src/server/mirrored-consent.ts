import { addMonths } from '../consent/decide-record';
import { readMirror } from '../consent/mirror';
import { isLive, type Choices, type Consent, type EpochMs } from '../consent/record';
import type { Terms } from '../gate/terms';

/**
 * The consent that a visitor's mirror cookie shows to the server.
 *
 * @param cookies the request's `Cookie` header
 * @param globalPrivacyControl whether the browser sends `Sec-GPC: 1`
 * @returns undefined without a mirror that can be believed: there must be exactly one, in which every choice is
 * yes or no, and that was decided no longer ago than the policy keeps decisions
 */
export function mirroredConsent(cookies: string, terms: Terms, globalPrivacyControl: boolean, now: EpochMs): Consent | undefined {
  const names = cookies.split(';').map((cookie) => cookie.split('=')[0]!.trim());
  // Of two, one was set by another page or host, and nothing says which.
  if (names.filter((name) => name === terms.cookie).length !== 1) return undefined;
  const mirror = readMirror(cookies, terms.cookie);
  const decidedAt = mirror?.timestamp;
  if (!mirror || typeof decidedAt !== 'number' || !Number.isSafeInteger(decidedAt)) return undefined;
  const choices = Object.entries(mirror).filter(([key]) => terms.services.has(key));
  if (!choices.every(([, choice]) => typeof choice === 'boolean')) return undefined;

  const record = {
    id: 'mirror',
    revision: terms.revision,
    decidedAt,
    expiresAt: addMonths(decidedAt, terms.months),
    action: 'choose' as const,
    choices: Object.fromEntries(choices) as Choices,
  };
  return isLive(record, now) ? { restored: true, record, now, globalPrivacyControl } : undefined;
}
