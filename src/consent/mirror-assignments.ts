import type { CompiledPolicy } from '../compiled-policy/compiled-policy';
import { adopted } from './adopt';
import { mirrorCookie, mirrorOf, readMirror } from './mirror';
import { isInForce, type ConsentRecord, type EpochMs } from './record';

/**
 * Browsers drop a longer cookie without a word, and keep the one before. Those of today count name and value only;
 * RFC 6265 promises no more than this for the whole of it.
 */
export const MOST_COOKIE_BYTES = 4096;

/**
 * What to assign to `document.cookie`, in this order, so that the mirror shows the record. Nothing for a record that
 * does not count, nor over a later decision that has not been adopted. A later time that somebody has written stays: two
 * that each write their own would never end.
 *
 * A mirror that would be too long loses the keys of others, and at last is deleted: it never goes on saying a yes that
 * has been taken back.
 * @param cookies `document.cookie`
 * @param now milliseconds since the epoch
 * @param secure whether the site is served over https
 */
export function mirrorAssignments(
  record: ConsentRecord | undefined,
  cookies: string,
  policy: CompiledPolicy,
  now: EpochMs,
  secure: boolean,
): string[] {
  if (!isInForce(record, now, policy)) return [];
  const latest = adopted(record, cookies, policy, now);
  if (latest?.id !== record.id) return [];
  const { cookie, cookieDomain } = policy;
  const candidates = [readMirror(cookies, cookie), {}].map((previous) =>
    mirrorCookie(policy, mirrorOf(latest, policy, previous), record.expiresAt, secure),
  );
  const written = candidates.find(fitsIntoCookie) ?? mirrorCookie(policy, {}, 0, secure);
  // A cookie of this host alone would hide the one that the domain shares.
  return cookieDomain ? [mirrorCookie({ ...policy, cookieDomain: undefined }, {}, 0, secure), written] : [written];
}

/** The longest mirror that a policy makes: everything is refused. */
export function longestMirror(policy: CompiledPolicy): string {
  const time = Date.UTC(2099, 0);
  const choices = Object.fromEntries(policy.services.map(({ id }) => [id, false]));
  const record: ConsentRecord = {
    id: '',
    revision: '',
    action: 'refuse-all',
    choices,
    decidedAt: time,
    expiresAt: time,
  };
  return mirrorCookie(policy, mirrorOf(record, policy), time, true);
}

export function fitsIntoCookie(cookie: string): boolean {
  return cookie.length <= MOST_COOKIE_BYTES;
}
