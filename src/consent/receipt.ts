import type { Choices, ConsentAction, ConsentRecord, EpochMs } from './record';

/** A language, a revision: text without control characters, far longer than any is. */
export const LABEL_PATTERN = /^[^\p{Cc}\p{Cs}]{1,100}$/u;
/** What was shown: its version, or all of it. */
export const PROMPT_TEXT_PATTERN = /^(?:[^\p{Cc}\p{Cs}]|[\t\n\r]){1,10000}$/u;

/**
 * The proof of one decision, as the page sends it to the site's server and as it is kept there: what was
 * decided and when, on which policy and which words. Never by whom.
 */
export interface Receipt {
  /** A random UUID: a receipt that is sent twice is kept once. */
  id: string;
  /** When it was decided, by the visitor's clock. */
  time: EpochMs;
  /** The policy's revision that the visitor was asked about. */
  revision: string;
  choices: Choices;
  action: ConsentAction;
  /** The language that the visitor was asked in: a BCP 47 tag such as `fr` or `en-GB`. */
  language?: string;
  /** The version of the text that the visitor was shown. */
  text?: string;
}

/** More than anybody decides while a server is down. They are kept in the record, which every page reads. */
export const MOST_UNSENT = 200;

/**
 * The receipts that the site's server has still to take, with one more. Of too many the oldest go, as what they prove has been
 * overruled the longest ago; never that of the decision in force.
 * @param inForce the record's id
 */
export function withReceipt(unsent: Receipt[] = [], receipt: Receipt, inForce: string): Receipt[] {
  let excess = unsent.length + 1 - MOST_UNSENT;
  return [...unsent.filter(({ id }) => id === inForce || excess-- <= 0), receipt];
}

export function receiptOf({ id, decidedAt, revision, choices, action, language, text }: ConsentRecord): Receipt {
  return { id, time: decidedAt, revision, choices, action, language, text };
}
