import { z } from 'zod';
import { KINDS, LONGEST_PAGE, MOST_REQUESTS, type Report } from '../reports/report';

/** A host's name has 253 characters at most. */
const LONGEST_ORIGIN = 270;

const REQUESTS = { error: `write a list of up to ${MOST_REQUESTS} requests` };
const ORIGIN = { error: 'write an origin as browsers do, such as "https://www.youtube.com"' };
const KIND = { error: `write one of ${KINDS.join(', ')}` };
const PAGE = {
  error: `write the path of a page, such as "/explore/", without query and fragment, ${LONGEST_PAGE} characters at most`,
};

export const requestSchema = z.strictObject(
  {
    origin: z.string(ORIGIN).max(LONGEST_ORIGIN, ORIGIN).refine(isOrigin, ORIGIN),
    kind: z.enum(KINDS, KIND),
    page: z
      .string(PAGE)
      .max(LONGEST_PAGE, PAGE)
      .regex(/^\/[^?#\s\p{Cc}\p{Cs}]*$/u, PAGE),
  },
  {
    error: ({ code }) => (code === 'unrecognized_keys' ? undefined : 'write a request: { "origin", "kind", "page" }'),
  },
);

const reportSchema = z.strictObject(
  { requests: z.array(requestSchema, REQUESTS).max(MOST_REQUESTS, REQUESTS) },
  {
    error: ({ code }) =>
      code === 'unrecognized_keys' ? undefined : 'write a report: { "requests": [{ "origin", "kind", "page" }] }',
  },
);

function isOrigin(text: string): boolean {
  return /^(http|ws)s?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

/** A report, or what is wrong with it, one sentence a mistake. */
export type ParsedReport = { report: Report } | { mistakes: string[] };

/** Validates a report. @param value what was parsed from JSON */
export function parseReport(value: unknown): ParsedReport {
  const { data: report, error } = reportSchema.safeParse(value);
  return error ? { mistakes: error.issues.map(describe) } : { report };
}

function describe(issue: z.core.$ZodIssue): string {
  const path = issue.path.map(String).join('.');
  const text =
    issue.code === 'unrecognized_keys'
      ? `there is no such key: ${issue.keys.map((key) => JSON.stringify(key.slice(0, 100))).join(', ')}`
      : issue.message;
  return path ? `${path}: ${text}` : text;
}
