import { applyChoices } from './apply-choices';
import { changeInMirror } from './mirror';
import { isInForce, type Consent, type EpochMs } from './record';
import type { CompiledPolicy } from '../compiled-policy/compiled-policy';

/**
 * The consent that a visitor's mirror cookie shows: to the server, and to a page that nobody but its tag opens.
 *
 * @param cookies the request's `Cookie` header, or `document.cookie`
 * @param globalPrivacyControl whether the browser gives the signal
 * @returns undefined without a mirror that can be believed: there must be exactly one, in which every choice is
 * yes or no, and that was decided no longer ago than the policy keeps decisions
 */
export function consentFromCookie(
  cookies: string,
  policy: CompiledPolicy,
  globalPrivacyControl: boolean,
  now: EpochMs,
): Consent | undefined {
  const change = changeInMirror(cookies, policy);
  if (!change) return undefined;
  const record = applyChoices(undefined, change, policy, now);
  return isInForce(record, now, policy) ? { restored: true, record, now, globalPrivacyControl } : undefined;
}
