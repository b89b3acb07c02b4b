import type { Terms } from '../gate/terms';
import { isLive, type Choices, type ConsentAction, type ConsentRecord, type EpochMs } from './record';

export interface Change {
  action: ConsentAction;
  choices: Choices;
}

/**
 * The record after a visitor's change.
 *
 * A change that covers every service starts a new term of the policy's `consent.months`. A change of some services keeps the
 * end of the term that is running, so that changing one service never prolongs the consent to another.
 *
 * @param previous the stored record, if any; of an expired one only objections stay
 * @param now milliseconds since the epoch
 */
export function decideRecord(previous: ConsentRecord | undefined, change: Change, terms: Terms, now: EpochMs): ConsentRecord {
  const base = isLive(previous, now) ? previous : undefined;
  const fresh = addMonths(now, terms.months);
  const coversAll = [...terms.services.values()].every(({ id, need }) => need === 'necessary' || Object.hasOwn(change.choices, id));
  return {
    id: crypto.randomUUID(),
    revision: terms.revision,
    decidedAt: now,
    expiresAt: base && !coversAll ? Math.min(base.expiresAt, fresh) : fresh,
    action: change.action,
    choices: { ...(base?.choices ?? objectionsOf(previous, terms)), ...change.choices },
  };
}

/** An objection to an exempt service outlives the record that it was made in. */
function objectionsOf(record: ConsentRecord | undefined, { services }: Terms): Choices {
  return Object.fromEntries(Object.entries(record?.choices ?? {}).filter(([id, choice]) => !choice && services.get(id)?.need === 'exempt'));
}

/** Calendar months later, in UTC; the 31st becomes the last day of a shorter month. */
export function addMonths(time: EpochMs, months: number): EpochMs {
  const date = new Date(time);
  const day = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() + months);
  if (date.getUTCDate() !== day) date.setUTCDate(0);
  return date.getTime();
}
