import type { Observation, Pass } from './observation';
import type { EarlierPolicy } from './earlier-policy';
import { isShortened } from './lifetime-text';
import { wasActiveIn, wasAskedIn, type ServiceUse } from './service-use';
import { ownerOf } from './site-hosts';

export const PROBLEMS = ['leak', 'undeclared', 'lifetime'] as const;
export type ProblemKind = (typeof PROBLEMS)[number];

/** Something that a site's owner has to do something about. */
export interface Problem {
  kind: ProblemKind;
  /** The service's id. */
  service: string;
  /** Who, what, where. */
  text: string;
}

/** A cookie of audience measurement may be kept thirteen months (CNIL 2020-091, article 5): a year, and a month of 31 days. */
export const MOST_DAYS = 366 + 31;

const WHEN: Readonly<Record<Exclude<Pass, 'accepted'>, string>> = {
  untouched: 'before any choice',
  refused: 'after everything was refused',
};

/** Whether a visitor has to have agreed to a service. */
export type NeedsConsent = (use: ServiceUse) => boolean;

/** What is wrong on the site, most serious first. */
export function findProblems(
  uses: readonly ServiceUse[],
  { origins, answeredBy }: Observation,
  needsConsent: NeedsConsent,
  earlier?: EarlierPolicy,
): Problem[] {
  // Where nothing could be refused, the second visit is one without a choice, like the first.
  const passes = answeredBy.refused ? (['untouched', 'refused'] as const) : (['untouched'] as const);
  return [
    ...uses.filter(needsConsent).flatMap((use) => leaksOf(use, passes)),
    ...(earlier ? uses.flatMap((use) => undeclaredOf(use, origins, earlier)) : []),
    ...uses.flatMap(lifetimesOf),
  ];
}

function leaksOf(use: ServiceUse, passes: readonly (keyof typeof WHEN)[]): Problem[] {
  return passes.flatMap((pass) =>
    wasActiveIn(pass, use)
      ? [
          {
            kind: 'leak' as const,
            service: use.description.id,
            text: `${nameOf(use)}: ${whatOf(use, pass)} ${WHEN[pass]}`,
          },
        ]
      : [],
  );
}

function whatOf({ contacts, cookies, entries }: ServiceUse, pass: Pass): string {
  if (wasAskedIn(pass, contacts)) {
    const asked = contacts.filter((contact) => contact.pass === pass && !contact.held);
    const hosts = [...new Set(asked.map(({ url }) => new URL(url).host))];
    return `${asked.length} ${asked.length === 1 ? 'request' : 'requests'} to ${hosts.join(', ')}`;
  }
  const stored = [...cookies, ...entries].filter(({ passes }) => passes.includes(pass));
  return `${stored.map(({ name }) => name).join(', ')} in the browser`;
}

function undeclaredOf(use: ServiceUse, origins: readonly string[], earlier: EarlierPolicy): Problem[] {
  const hosts = use.contacts
    .map(({ url }) => new URL(url))
    .filter((url) => ownerOf(url, origins) !== 'site' && !earlier.serviceOf(url))
    .map(({ host }) => host);
  return [...new Set(hosts)].map((host) => ({
    kind: 'undeclared',
    service: use.description.id,
    text: `${nameOf(use)}: no service of the policy has ${host}`,
  }));
}

function lifetimesOf(use: ServiceUse): Problem[] {
  return use.cookies
    .filter(({ days = 0 }) => days > MOST_DAYS)
    .map(({ name, days }) => ({
      kind: 'lifetime',
      service: use.description.id,
      text: `${nameOf(use)}: the cookie ${name} is kept ${Math.round(days!)} days${isShortened(days!) ? ', the longest that browsers allow' : ''}; 13 months are the most`,
    }));
}

/** What a person knows the service as. */
export function nameOf({ description: { name, provider } }: ServiceUse): string {
  const text = name ?? provider;
  return typeof text === 'string' ? text : (text['en'] ?? Object.values(text)[0] ?? '');
}
