import { consentRequirementOf } from '../compiled-policy/compiled-policy';
import type { Policy, Service, Text } from '../policy/schema';

/** What the policy says to a condition: that it is met, that it is not, or nothing, so that a person has to judge. */
type Answer = 'met' | 'not met' | 'judge';

interface Condition {
  condition: string;
  answer: Answer;
  /** What in the policy says so, or where to look. */
  because: string;
}

const MOST_COOKIE_MONTHS = 13;
const MOST_DATA_MONTHS = 25;
/** In months, by the words for them in the languages of the interface. Months are counted as CNIL does: twelve a year. */
const UNITS: [RegExp, number][] = [
  [/^(years?|ans?|années?|jahre?n?|años?|anni|anno|jaar|jaren|anos?)$/, 12],
  [/^(months?|mois|monate?n?|mes|meses|mesi|mese|maand(en)?|mês)$/, 1],
  [/^(weeks?|semaines?|wochen?|semanas?|settiman[ae]|we(ek|ken))$/, 12 / 52],
  [/^(days?|jours?|tage?n?|días?|giorn[oi]|dag(en)?|dias?)$/, 12 / 365],
  [/^(h|hours?|heures?|stunden?|horas?|or[ae]|uur|uren|min|minut\p{L}*|s|se[cg]ond\p{L}*|sekunden?)$/u, 0],
];

/**
 * The conditions under which the CNIL exempts audience measurement from consent (article 5 of its guidelines 2020-091, and
 * its page for publishers), for each service that the policy calls exempt, with what the policy says to each of them.
 */
function exemptions({ services }: Policy): { service: string; conditions: Condition[] }[] {
  return services
    .filter((service) => consentRequirementOf(service) === 'exempt')
    .map((service) => ({ service: service.id, conditions: conditionsOf(service) }));
}

/** What contradicts an exemption, a line each: `matomo: cookies are kept for 13 months at most (_pk_id: 2 years)`. */
export function contradicted(policy: Policy): string[] {
  return exemptions(policy).flatMap(({ service, conditions }) =>
    conditions
      .filter(({ answer }) => answer === 'not met')
      .map(({ condition, because }) => `${service}: ${condition} (${because})`),
  );
}

/** The same as a table in Markdown for each, for whoever has to judge it. */
export function exemptionTables(policy: Policy): string {
  const tables = exemptions(policy).map(({ service, conditions }) => {
    const rows = conditions.map(({ condition, answer, because }) => [condition, SAID[answer], inCell(because)]);
    const lines = [['condition', 'the policy says', 'by'], ['---', '---', '---'], ...rows];
    return [`## ${service}\n`, ...lines.map((cells) => `| ${cells.join(' | ')} |`)].join('\n');
  });
  return tables.length > 0 ? tables.join('\n\n') : 'No service of the policy is exempt: none says "anonymised": true.';
}

const SAID: Record<Answer, string> = { met: 'met', 'not met': '**not met**', judge: 'nothing: a person has to judge' };

function inCell(text: string): string {
  return text.replace(/[\\`*_[\]<>|#]/g, '\\$&').replace(/\s*[\r\n]+\s*/g, ' ');
}

function conditionsOf(service: Service): Condition[] {
  const judge = (condition: string, because: string): Condition => ({ condition, answer: 'judge', because });
  return [
    judge('it measures the audience, for the publisher alone', 'see the contract, and what is switched on in the tool'),
    judge('nobody is followed across sites or applications', 'see whether its identifier is the same elsewhere'),
    judge(
      'only anonymous statistics come of it, and it is matched with nothing else',
      'see what it reports, and to whom',
    ),
    judge('its identifier is of this site alone', 'see the domain and scope of its cookies'),
    {
      condition: 'visitors are told, and can object',
      answer: 'met',
      because: 'the preferences name it, with a box to object; link them from every page',
    },
    cookieLifetimes(service),
    judge('the cookie’s end is not put off by new visits', 'see the tool’s settings'),
    retention(service),
    judge('addresses lose their last octet, and places are no finer than a city', 'see the tool’s settings'),
    transfer(service),
  ];
}

function cookieLifetimes({ cookies }: Service): Condition {
  const condition = `cookies are kept for ${MOST_COOKIE_MONTHS} months at most`;
  if (!cookies) return { condition, answer: 'judge', because: 'no cookies are stated' };
  const long = cookies.filter(({ lifetime }) => monthsIn(lifetime) > MOST_COOKIE_MONTHS);
  if (long.length > 0)
    return {
      condition,
      answer: 'not met',
      because: long.map(({ name, lifetime }) => `${name}: ${oneText(lifetime)}`).join(', '),
    };
  const unknown = cookies.filter(({ lifetime }) => Number.isNaN(monthsIn(lifetime)));
  if (unknown.length > 0)
    return { condition, answer: 'judge', because: `see ${unknown.map(({ name }) => name).join(', ')}` };
  return { condition, answer: 'met', because: cookies.length > 0 ? 'as their lifetimes say' : 'it sets none' };
}

function retention({ retention: kept }: Service): Condition {
  const condition = `data are kept for ${MOST_DATA_MONTHS} months at most`;
  const months = monthsIn(kept);
  const because = kept === undefined ? 'no retention is stated' : `retention: ${oneText(kept)}`;
  if (Number.isNaN(months)) return { condition, answer: 'judge', because };
  return { condition, answer: months > MOST_DATA_MONTHS ? 'not met' : 'met', because };
}

/** A transfer can be lawful, and to a processor; that a text says which is for a person to read. */
function transfer({ transfer: stated }: Service): Condition {
  const because = stated === undefined ? 'no transfer is stated' : `transfer: ${oneText(stated)}`;
  return { condition: 'nothing is passed on to third parties', answer: 'judge', because };
}

/** The longest time that a text names in any language, in months; NaN where it names none, such as “session”. */
function monthsIn(text: Text | undefined): number {
  const texts = typeof text === 'object' ? Object.values(text) : [text ?? ''];
  const times = texts.flatMap((one) =>
    [...one.toLowerCase().matchAll(/(\d+(?:[.,]\d+)?)\s*([\p{L}]+)/gu)].map(([, number, word]) => {
      const [, months] = UNITS.find(([unit]) => unit.test(word!)) ?? [];
      return months === undefined ? NaN : Number(number!.replace(',', '.')) * months;
    }),
  );
  const known = times.filter((months) => !Number.isNaN(months));
  if (known.length > 0) return Math.max(...known);
  return texts.some((one) => /session/i.test(one)) ? 0 : NaN;
}

function oneText(text: Text | undefined): string {
  return typeof text === 'object' ? (text['en'] ?? Object.values(text)[0]!) : (text ?? '');
}
