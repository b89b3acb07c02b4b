import type { CompiledPolicy } from '../compiled-policy/compiled-policy';
import { applyChoices, type ConsentChange } from './apply-choices';
import { changeInMirror } from './mirror';
import { isPlausible, isInForce, timeOf, type ConsentRecord, type EpochMs } from './record';

/**
 * The record that counts, where the mirror may show a later decision: of another host of the domain, or of the
 * platform's own banner. A page asks when it opens, and makes each decision on top of this; otherwise it would write
 * into the mirror, as its own later word, what the visitor has withdrawn elsewhere.
 *
 * A later time alone is no decision: banners renew theirs with every page, and a consent must not last longer for that.
 *
 * @param previous the stored record, if any
 * @param cookies `document.cookie`
 * @param now milliseconds since the epoch
 * @returns a new record where the mirror shows a decision that is later, that can be believed, and that the policy lets
 * count. Where it only says the same again, later, `previous` with that time: its id, end and receipts stay. In all other
 * cases `previous` itself
 */
export function adopted(
  previous: ConsentRecord | undefined,
  cookies: string,
  policy: CompiledPolicy,
  now: EpochMs,
): ConsentRecord | undefined {
  const change = policy.adoptsMirror ? changeInMirror(cookies, policy) : undefined;
  if (!change || !isPlausible(change.decidedAt, now) || change.decidedAt <= timeOf(previous, now)) return previous;
  if (previous && saysTheSame(change, previous, policy))
    return {
      ...previous,
      decidedAt: change.decidedAt,
      expiresAt: isInForce(previous, now, policy) ? previous.expiresAt : 0,
    };
  const record = applyChoices(previous, change, policy, now);
  return isInForce(record, now, policy) ? record : previous;
}

/** Another end is a new term, where there is another host whose gatekeeper may say so. */
function saysTheSame(
  { choices, expiresAt }: ConsentChange,
  previous: ConsentRecord,
  { cookieDomain }: CompiledPolicy,
): boolean {
  const isSameTerm = !cookieDomain || expiresAt === undefined || expiresAt === previous.expiresAt;
  return isSameTerm && Object.entries(choices).every(([id, choice]) => previous.choices[id] === choice);
}
