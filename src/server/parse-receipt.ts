import { z } from 'zod';
import { PROMPT_TEXT_PATTERN, LABEL_PATTERN, type Receipt } from '../consent/receipt';
import type { ConsentAction, EpochMs } from '../consent/record';

/** Written as an object, so that an action which is added to the type is missed here by the compiler. */
const ACTIONS: Record<ConsentAction, true> = {
  'accept-all': true,
  'refuse-all': true,
  choose: true,
  withdraw: true,
  adopt: true,
  once: true,
};

/** The day from which the GDPR applies: nobody asks for proof of an earlier consent. */
const EARLIEST: EpochMs = Date.UTC(2018, 4, 25);
const LATEST: EpochMs = Date.UTC(2100, 0);
/** Far more services, and far longer ids, than any policy has. */
const MOST_CHOICES = 500;
const LONGEST_ID = 100;

const ID = { error: 'write a UUID' };
const TIME = { error: 'write milliseconds since 1970, between 2018-05-25 and 2100-01-01' };
const SERVICE = {
  error: `name services by their id: a letter, then letters, digits, "_" or "-", ${LONGEST_ID} characters at most`,
};
const IS_WORD = { error: 'write a text of 1 to 100 characters, without control characters' };
const CHOICE = { error: 'write true or false' };
const CHOICES = { error: `write up to ${MOST_CHOICES} choices, such as { "matomo": true, "youtube": false }` };
const IS_TEXT = {
  error: 'write a text of 1 to 10000 characters, without control characters other than line breaks and tabs',
};

const word = z.string(IS_WORD).regex(LABEL_PATTERN, IS_WORD);

const receiptSchema = z.strictObject(
  {
    id: z.uuid(ID).toLowerCase(),
    time: z.int(TIME).min(EARLIEST, TIME).max(LATEST, TIME),
    revision: word,
    choices: z
      .custom<object>(
        (value) =>
          typeof value === 'object' &&
          value !== null &&
          !Object.hasOwn(value, '__proto__') &&
          Object.keys(value).length <= MOST_CHOICES,
        CHOICES,
      )
      .pipe(
        z.record(
          z
            .string()
            .regex(/^[A-Za-z][\w-]*$/)
            .max(LONGEST_ID),
          z.boolean(CHOICE),
          CHOICES,
        ),
      ),
    action: z.enum(Object.keys(ACTIONS) as ConsentAction[], {
      error: `write one of ${Object.keys(ACTIONS).join(', ')}`,
    }),
    // A tag as in BCP 47, as a rule; but it is what the page says of itself, and no reason to lose a proof.
    language: word.transform((tag) => tag.replaceAll('_', '-')).optional(),
    text: z.string(IS_TEXT).regex(PROMPT_TEXT_PATTERN, IS_TEXT).optional(),
  },
  {
    error: ({ code }) =>
      code === 'unrecognized_keys' ? undefined : 'write a receipt: { "id", "time", "revision", "choices", "action" }',
  },
);

/** A receipt, or what is wrong with it, one sentence a mistake. */
export type ParsedReceipt = { receipt: Receipt } | { mistakes: string[] };

/**
 * Validates a receipt. Its id becomes lower-case, so that it names the receipt in one way, and a language such as
 * `fr_FR` becomes `fr-FR`.
 * @param value what was parsed from JSON
 */
export function parseReceipt(value: unknown): ParsedReceipt {
  const { data: receipt, error } = receiptSchema.safeParse(value);
  return error ? { mistakes: error.issues.map(describe) } : { receipt };
}

function describe(issue: z.core.$ZodIssue): string {
  const path = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys')
    return `${issue.keys.map((key) => JSON.stringify(key.slice(0, LONGEST_ID))).join(', ')}: a receipt has no such key`;
  if (issue.code === 'invalid_key') return `choices: ${SERVICE.error}`;
  return path ? `${path}: ${issue.message}` : issue.message;
}
