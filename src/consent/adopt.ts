import type { Terms } from '../gate/terms';
import { decideRecord } from './decide-record';
import { changeInMirror } from './mirror';
import { isBelieved, isLive, type ConsentRecord, type EpochMs } from './record';

/**
 * The record that counts, where the mirror may show a later decision: of another host of the domain, or of the
 * platform's own banner. A page asks when it opens, and makes each decision on top of this; otherwise it would write
 * into the mirror, as its own later word, what the visitor has withdrawn elsewhere.
 *
 * @param previous the stored record, if any
 * @param cookies `document.cookie`
 * @param now milliseconds since the epoch
 * @returns `previous` itself, unless the mirror shows a decision that is later, that can be believed, and that the
 * policy lets count
 */
export function adopted(previous: ConsentRecord | undefined, cookies: string, terms: Terms, now: EpochMs): ConsentRecord | undefined {
  const change = terms.adoptsMirror ? changeInMirror(cookies, terms) : undefined;
  if (!change || change.decidedAt <= timeOf(previous, now)) return previous;
  const record = decideRecord(previous, change, terms, now);
  return isLive(record, now, terms) ? record : previous;
}

/** When it was decided. With a clock that was set back, nobody knows any more, and any decision is later. */
function timeOf(record: ConsentRecord | undefined, now: EpochMs): EpochMs {
  return record && isBelieved(record.decidedAt, now) ? record.decidedAt : 0;
}
