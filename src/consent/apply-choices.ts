import { serviceOf, type ServiceId, type CompiledPolicy } from '../compiled-policy/compiled-policy';
import { randomUuid } from './random-uuid';
import { receiptOf, PROMPT_TEXT_PATTERN, withReceipt, LABEL_PATTERN } from './receipt';
import { isCurrent } from './service-status';
import { isInForce, timeOf, type Choices, type ConsentAction, type ConsentRecord, type EpochMs } from './record';

/** What the visitor was shown when asked, for the proof. */
export interface ConsentPrompt {
  /** Language that it was in: a BCP 47 tag. */
  language?: string;
  /** Version of the text. */
  text?: string;
}

export interface ConsentChange extends ConsentPrompt {
  action: ConsentAction;
  choices: Choices;
  /** When it was decided, where that was not now: milliseconds since the epoch. */
  decidedAt?: EpochMs;
  /** When it expires at the latest, where that is known. */
  expiresAt?: EpochMs;
}

/** @throws {TypeError} for what no receipt can have: the proof would be refused, and lost */
export function assertPrompt({ language = 'en', text = '1' }: ConsentPrompt): void {
  if (!LABEL_PATTERN.test(language) || !PROMPT_TEXT_PATTERN.test(text))
    throw new TypeError(
      'cookie-gatekeeper: shown: write a language such as "fr", and a text of 1 to 10000 characters, both without control characters.',
    );
}

/**
 * The record after a visitor's change.
 *
 * A change that covers every service that is asked about starts a new term of the policy's `consent.months`. A change of some services keeps the
 * end of the term that is running, so that changing one service never prolongs the consent to another.
 *
 * @param previous the stored record, if any
 * @param now milliseconds since the epoch
 */
export function applyChoices(
  previous: ConsentRecord | undefined,
  change: ConsentChange,
  policy: CompiledPolicy,
  now: EpochMs,
): ConsentRecord {
  const { action, choices, decidedAt: decidedElsewhere, expiresAt = Infinity, ...shown } = change;
  const base = isInForce(previous, now, policy) ? previous : undefined;
  // Later than what it changes, also within a millisecond or after the clock was put right: wherever the two meet, the later counts.
  const decidedAt = decidedElsewhere ?? Math.max(now, timeOf(previous, now) + 1);
  const fresh = Math.min(addMonths(decidedAt, policy.months), expiresAt);
  const all = { ...standingChoices(previous, base, policy), ...choices };
  const coversAll = policy.services.every(({ id, need }) => need !== 'consent' || Object.hasOwn(choices, id));
  const record: ConsentRecord = {
    id: randomUuid(),
    revision: policy.revision,
    decidedAt,
    expiresAt: base && !coversAll ? Math.min(base.expiresAt, fresh) : fresh,
    action,
    choices: all,
    complete: base?.complete || policy.services.every(({ id, need }) => need !== 'consent' || Object.hasOwn(all, id)),
    ...shown,
    seenAt: Math.max(now, base?.seenAt ?? 0),
  };
  if (policy.receipts)
    Object.assign(record, {
      pause: previous?.pause,
      unsent: withReceipt(previous?.unsent, receiptOf(record), record.id),
    });
  return record;
}

/**
 * The record after the visitor has permitted services on one page only: it stays as it is, and what was permitted is
 * proven by a receipt of its own. Where nothing is decided yet, a record that decides nothing keeps the receipt.
 */
export function addOneTimeReceipt(
  previous: ConsentRecord | undefined,
  services: ServiceId[],
  shown: ConsentPrompt,
  policy: CompiledPolicy,
  now: EpochMs,
): ConsentRecord | undefined {
  if (!policy.receipts) return previous;
  const once = { action: 'once', choices: {}, ...shown } as const;
  const record = previous ?? { ...applyChoices(undefined, once, policy, now), unsent: [] };
  const choices = Object.fromEntries(services.map((id) => [id, true]));
  const receipt = receiptOf({
    ...record,
    ...shown,
    id: randomUuid(),
    revision: policy.revision,
    decidedAt: now,
    action: 'once',
    choices,
  });
  return { ...record, unsent: withReceipt(record.unsent, receipt, record.id) };
}

/**
 * What stays of the choices before: of a record that is live, those about services as they are now; of any other
 * the objections to exempt services.
 */
function standingChoices(
  previous: ConsentRecord | undefined,
  base: ConsentRecord | undefined,
  policy: CompiledPolicy,
): Choices {
  const stays = ([id, choice]: [string, boolean]) => {
    const service = serviceOf(policy, id);
    return (!choice && service?.need === 'exempt') || (base && (!service || isCurrent(service, base)));
  };
  return Object.fromEntries(Object.entries(previous?.choices ?? {}).filter(stays));
}

/** Calendar months later, in UTC; the 31st becomes the last day of a shorter month. */
export function addMonths(time: EpochMs, months: number): EpochMs {
  const date = new Date(time);
  const day = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() + months);
  if (date.getUTCDate() !== day) date.setUTCDate(0);
  return date.getTime();
}
