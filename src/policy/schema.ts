import { z } from 'zod';
import { ACCESSES, ASKS, LOCKS, MODES, SIGNALS, UNDECLARED, WALLS } from '../compiled-policy/literals';
import { textsSchema } from './texts-schema';

/** What zod tells of a value that has the wrong shape. */
interface Misshapen {
  code?: string;
  input?: unknown;
}

/** The error of what should be a list: the list to write. */
function listOf(item: (text: string | undefined) => string) {
  return { error: ({ input }: Misshapen) => `write a list: [${item(typeof input === 'string' ? input : undefined)}]` };
}

/** The error of what should have keys: the object to write. Keys that are too many have an error of their own. */
function objectOf(example: (input: unknown) => string) {
  return {
    error: ({ code, input }: Misshapen) =>
      code === 'unrecognized_keys' ? undefined : `write an object: ${example(input)}`,
  };
}

/** The nearest word that an id or a purpose may be, if there is one. */
function suggested(text: unknown): string {
  const word = String(text)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-\d]+|-+$/g, '')
    .slice(0, 100);
  return word && `: "${word}"`;
}

const YES_OR_NO = { error: 'write true or false, without quotes' };

/** A text that visitors read: one for all languages, or one by language (`{ "fr": "…", "en": "…" }`). */
const TEXT = { error: 'write a text, or texts by language such as { "fr": "…", "en": "…" }' };
const text = z.union(
  [z.string().min(1, TEXT), z.record(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, TEXT), z.string().min(1, TEXT))],
  TEXT,
);

const ADDRESS = { error: 'write the address of a page, such as "https://example.com/privacy"' };
const onePage = z.string(ADDRESS).regex(/^(https?:\/\/|\/)\S+$/, ADDRESS);
const address = z.union([onePage, z.record(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, TEXT), onePage)], ADDRESS);

const COOKIE_NAME = { error: 'write the cookie’s name, such as "_pk_id.*"' };
const COOKIE_PATH = { error: 'write the path that the cookie is set for, such as "/map"' };

const cookie = z
  .strictObject(
    {
      name: z
        .string(COOKIE_NAME)
        .min(1, COOKIE_NAME)
        .describe('The cookie’s name; `*` stands for any characters, as in `_pk_id.*`.'),
      path: z
        .string(COOKIE_PATH)
        .regex(/^\//, COOKIE_PATH)
        .optional()
        .describe(
          'The path that it is set for, where that is not the whole site: a sweep on other pages reaches it only by this.',
        ),
      location: text.optional().describe('What part of the site sets it: “Function and location”.'),
      purpose: text.optional().describe('What it is for.'),
      lifetime: text.optional().describe('How long it is kept.'),
    },
    objectOf((input) => `{ "name": ${JSON.stringify(typeof input === 'string' ? input : '_pk_id.*')} }`),
  )
  .describe('A cookie that the service sets.');

const COOKIES = listOf((name = '_pk_id.*') => JSON.stringify({ name }));
const STORAGE = { error: 'write the name of a storage entry, such as "matomo_*"' };
const REVIEW = { error: 'write what is still to be decided, in words, or leave it out' };
const ORIGIN = { error: 'write a host with its scheme, such as "https://stats.example.fr"' };

/** A key of the mirror cookie. */
const id = z
  .string({ error: 'write an id: a letter, then letters, digits, "_" or "-"' })
  .regex(/^[A-Za-z][\w-]{0,99}$/, {
    error: ({ input }) => `write a letter, then letters, digits, "_" or "-", 100 characters at most${suggested(input)}`,
  })
  .refine((name) => !/^(timestamp|expires)$/.test(name), {
    error: 'choose another id: the mirror cookie uses "timestamp" and "expires" for the times of the decision',
  });

export const serviceSchema = z
  .strictObject(
    {
      id: id.describe('Names the service in code and in the mirror cookie.'),
      aliases: z
        .array(id, {
          error: ({ input }: Misshapen) =>
            `write a list of ids: [${JSON.stringify(typeof input === 'string' ? input : 'xiti')}]`,
        })
        .optional()
        .describe('What others call the service in the mirror cookie, such as the platform’s own banner.'),
      provider: text.describe('Who provides the service.'),
      name: text.optional().describe('What visitors know the service as; the provider’s name without it.'),
      purpose: z
        .string({
          error: 'write a purpose: "necessary", "statistics", "first-party", "third-party" or one of your own',
        })
        .regex(/^[a-z][a-z0-9-]*$/, {
          error: ({ input }) => `write lower-case letters, digits and "-"${suggested(input)}`,
        })
        .describe('Why: `necessary`, `statistics`, `first-party`, `third-party`, or the site’s own.'),
      description: text.optional().describe('What the service does, for visitors.'),
      privacyUrl: address.optional().describe('Address of the provider’s privacy policy.'),
      country: text.optional().describe('Where the data is processed.'),
      transfer: text
        .optional()
        .describe(
          'Where the data is transferred to outside the European Union, and on what ground; or that it is not.',
        ),
      legalBasis: text.optional().describe('The legal basis of the processing, such as consent.'),
      retention: text.optional().describe('How long the provider keeps the data.'),
      jointControllers: text
        .optional()
        .describe('Who is responsible for it together with the site, or that nobody is.'),
      anonymised: z
        .boolean(YES_OR_NO)
        .optional()
        .describe('Statistics that cannot be traced back to a person: need no consent, and the visitor may object.'),
      since: z
        .string({ error: 'write the revision in which the service last changed, such as "2026-11-23"' })
        .min(1, { error: 'write the revision in which the service last changed, such as "2026-11-23"' })
        .optional()
        .describe(
          'The policy’s revision in which the service, or what it does, last changed. Visitors who decided under an earlier one are asked again, about this service only.',
        ),
      access: z
        .enum(ACCESSES, { error: 'write "full", "origin-only" or "without-credentials"' })
        .optional()
        .describe(
          'What its requests are sent with. `origin-only`: no cookies, and of the page’s address only the site’s origin, for services that answer nobody without a referrer. `without-credentials`: neither cookies nor referrer.',
        ),
      origins: z
        .array(
          z.string(ORIGIN),
          listOf((origin = 'https://stats.example.fr') => JSON.stringify(origin)),
        )
        .optional()
        .describe(
          'CSP host-sources with a scheme (`https://*.example.com`, `https://example.com/path/`), or paths of the site itself (`/stats/`).',
        ),
      cookies: z
        .array(cookie, COOKIES)
        .optional()
        .describe('Cookies that it sets: an empty list for none, and no list where nobody has stated them.'),
      storage: z
        .array(
          z.string(STORAGE).min(1, STORAGE),
          listOf((name = 'matomo_*') => JSON.stringify(name)),
        )
        .optional()
        .describe('Names of its storage entries; `*` stands for any characters.'),
      review: z
        .string(REVIEW)
        .min(1, REVIEW)
        .optional()
        .describe('What a person still has to find out or decide about the service. Nothing of it reaches a browser.'),
    },
    objectOf(() => '{ "id": "matomo", "provider": "Matomo", "purpose": "statistics", … }'),
  )
  .describe('One thing that a provider does on the site.');

const MIRROR_NAME = { error: 'write a cookie name without spaces, "=", ";" or ","' };
const ASK = { error: 'write "banner" or "placeholders"' };
const DOMAIN = { error: 'write the domain whose hosts share the choices, such as "example.fr"' };
const REPORTS = {
  error: 'write a path of the site that pages tell of what was refused, such as "/gatekeeper-reports"',
};
const SAMPLE_RATE = {
  error: 'write the share of the pages that tell of it, above 0 and up to 1, such as 0.1; or leave it out',
};
const RECEIPTS = { error: 'write a path of the site that receipts are posted to, such as "/consent-receipts"' };

/** The cookie policy as data. Types, validation and `policy.schema.json` all come from here. */
export const policySchema = z
  .strictObject(
    {
      $schema: z.string({ error: 'write the address of the schema, or leave it out' }).optional(),
      revision: z
        .string({ error: 'write the date or number of this revision, such as "2026-11-23"' })
        .regex(/^[^\p{Cc}\p{Cs}]{1,100}$/u, {
          error: 'write the date or number of this revision, such as "2026-11-23", in 100 characters at most',
        })
        .describe('Names this version of the policy; stored with each decision.'),
      name: text.optional().describe('What visitors know the site as; what its pages say of it without it.'),
      consent: z
        .strictObject(
          {
            months: z
              .int({ error: 'write a whole number of months from 1 to 13' })
              .min(1, { error: 'write a whole number of months from 1 to 13' })
              .max(13, { error: 'write a whole number of months from 1 to 13' })
              .default(6)
              .describe('Calendar months that a decision is kept before the visitor is asked again.'),
            cookie: z
              .strictObject(
                {
                  name: z
                    .string(MIRROR_NAME)
                    .regex(/^[!#$%&'*+\-.^`|~\w]+$/, MIRROR_NAME)
                    .default('cookies_preferences'),
                  adopt: z
                    .boolean(YES_OR_NO)
                    .optional()
                    .describe(
                      'Whether a later choice that somebody else wrote into the cookie, such as the platform’s own banner, is taken over.',
                    ),
                  domain: z
                    .string(DOMAIN)
                    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, DOMAIN)
                    .optional()
                    .describe(
                      'Shares the choices between the hosts of this domain. Each of them has to have the same policy.',
                    ),
                },
                objectOf(() => '{ "name": "cookies_preferences" }'),
              )
              .prefault({})
              .describe('The mirror: a readable copy of the choices.'),
            globalPrivacyControl: z
              .enum(SIGNALS, {
                error: 'write "refuse" or "ignore", or "answer" for a signal that also spares the visitor the banner',
              })
              .default('refuse')
              .describe(
                'Whether the browser’s Global Privacy Control signal counts as an objection to services that need no consent. With `answer` it also refuses all others, and nobody who sends it is asked. It never grants.',
              ),
            ask: z
              .strictObject(
                {
                  pages: z
                    .enum(ASKS, ASK)
                    .optional()
                    .describe(
                      'On the site’s pages; `banner` without it. With `placeholders`, nobody is asked about what has no placeholder, and that stays refused.',
                    ),
                  embeds: z
                    .enum(ASKS, ASK)
                    .optional()
                    .describe(
                      'On pages that stand in a frame of another site, or of a page that is left alone; `placeholders` without it. In frames of the site’s own pages, these ask.',
                    ),
                },
                objectOf(() => '{ "pages": "placeholders" }, or leave it out for a banner'),
              )
              .optional()
              .describe('Where a banner asks, and where placeholders only do.'),
          },
          objectOf(() => '{ "months": 6 }'),
        )
        .prefault({}),
      receipts: z
        .string(RECEIPTS)
        .regex(/^\/(?!\/)/, RECEIPTS)
        .optional()
        .describe('Path of the site that a receipt of every decision is posted to.'),
      mode: z
        .enum(MODES, { error: 'write "enforce", or "report" to find out what would be refused' })
        .default('enforce')
        .describe(
          '`report`: nothing is refused, closed or deleted; what would have been refused is listed. For finding out what a site uses, before it is in force.',
        ),
      reports: z
        .string(REPORTS)
        .regex(/^\/(?!\/)/, REPORTS)
        .optional()
        .describe(
          'Path of the site that pages post a sample of what was refused to, or would have been: its origin, its kind, and the page’s path.',
        ),
      reportSampleRate: z
        .number(SAMPLE_RATE)
        .gt(0, SAMPLE_RATE)
        .max(1, SAMPLE_RATE)
        .optional()
        .describe('Share of the pages that post reports, above 0 and up to 1, which is all of them.'),
      wall: z
        .enum(WALLS, { error: 'write "strict", "live" or "off"' })
        .default('strict')
        .describe('What the documents’ Content-Security-Policy lets through besides the gate.'),
      lock: z
        .enum(LOCKS, { error: 'write "header", "meta" or "tag"' })
        .default('header')
        .describe(
          'How the site sends the lock with its documents: as a header, as a `<meta>` in the HTML, or not at all (`tag`: only the script tag is there). With `header`, a document without it is none of the site’s, and left alone.',
        ),
      exclude: z
        .array(
          z.string().regex(/^\/(?!\/)[^?#*]*$/, {
            error: 'write a path of the site, such as "/admin/"; one that ends in "/" stands for everything below it',
          }),
          { error: 'write a list of paths of the site, such as ["/admin/"]' },
        )
        .optional()
        .describe(
          'Paths of the site whose pages are left alone, such as a back office; one that ends in `/` stands for everything below it. Send them without the lock, and without the script tag.',
        ),
      undeclared: z
        .enum(UNDECLARED, { error: 'write "refuse" or "report"' })
        .default('refuse')
        .describe('`report`: origins that no service declares are let through, but listed. Needs `wall: "off"`.'),
      services: z.array(serviceSchema, {
        error: 'write the list of services: [{ "id": "matomo", "provider": "Matomo", … }]',
      }),
      texts: textsSchema.optional(),
    },
    objectOf(
      (input) =>
        `{ "revision": "2026-11-23", "services": [ … ] }${typeof input === 'string' ? ', as JSON.parse makes it of a policy file’s text' : ''}`,
    ),
  )
  .describe('A site’s cookie policy for cookie-gatekeeper.');

/** A policy as it is after validation: defaults are filled in. */
export type Policy = z.output<typeof policySchema>;
/** A policy as a person writes it, and as TypeScript reads it from a JSON file. */
export type PolicyInput = AsWritten<z.input<typeof policySchema>>;
export type Service = Policy['services'][number];
export type Cookie = NonNullable<Service['cookies']>[number];
export type Text = Service['provider'];

/**
 * What a type is in a JSON module: any `string` where it names the words, and, in a list, what its other items have as
 * `undefined`. Editors go on completing the words; `compilePolicy` refuses others.
 */
type AsWritten<T> = T extends string
  ? string extends T
    ? T
    : T | (string & {})
  : T extends readonly (infer Item)[]
    ? readonly AsWritten<Item>[]
    : T extends object
      ? { [Key in keyof T]: string extends Key ? AsWritten<T[Key]> | undefined : AsWritten<T[Key]> }
      : T;
