import { paint } from '../paint';
import type { Audit } from './audit-site';
import { nameOf } from './find-problems';
import { missedVisits } from './missed-visits';
import { isOurs } from './own-names';
import { PASSES, type Pass } from './observation';
import { wasActiveIn, wasAskedIn, type ServiceUse } from './service-use';

const HEAD = ['service', 'purpose', 'untouched', 'refused', 'accepted', 'hosts, cookies, storage'];
const MOST_NAMES = 4;

/** What an audit has found, for a terminal. */
export function auditTable({ uses, problems, observation, changes }: Audit): string {
  const rows = uses.map((use) => [
    nameOf(use),
    use.description.purpose + (use.description.review ? ' ?' : ''),
    ...PASSES.map((pass) => cell(pass, use)),
    names(use),
  ]);
  const pages = observation.pages.filter(({ pass, problem }) => pass === 'untouched' && problem === undefined).length;
  return [
    `${observation.origins.join(', ')}: ${pages} ${pages === 1 ? 'page' : 'pages'}, ${observation.engine}${observation.stopped ? ', stopped before the end' : ''}`,
    '',
    ...aligned([HEAD, ...rows]),
    '',
    ...answers(observation),
    ...missedVisits(observation),
    ...(uses.some(({ description }) => description.review) ? ['"?": to be reviewed; the policy says what.'] : []),
    ...changeLines(changes),
    ...problems.map(({ kind, text }) => `${paint('red', kind, process.stdout)}: ${text}`),
  ].join('\n');
}

function answers({ answeredBy, stopped }: Audit['observation']): string[] {
  if (stopped) return [];
  return (['refused', 'accepted'] as const).map((pass) =>
    answeredBy[pass]
      ? `${pass}: by ${answeredBy[pass]}`
      : `${pass}: no banner was found to answer; this visit is like the untouched one`,
  );
}

function changeLines({ extended, gone, added }: Audit['changes']): string[] {
  return [
    ...added.map((id) => `new: ${id}`),
    ...extended.map((what) => `new: ${what}`),
    ...gone.map((id) => `gone: nothing of ${id} was seen`),
  ];
}

function cell(pass: Pass, use: ServiceUse): string {
  const asked = use.contacts.filter((contact) => contact.pass === pass);
  if (wasAskedIn(pass, use.contacts)) return String(asked.filter(({ held }) => !held).length);
  if (wasActiveIn(pass, use)) return 'stored';
  return asked.length > 0 ? 'held' : '-';
}

function names({ contacts, cookies, entries }: ServiceUse): string {
  const hosts = [...new Set(contacts.map(({ url }) => new URL(url).host))];
  const all = [...hosts, ...new Set([...cookies, ...entries].map(({ name }) => name).filter((name) => !isOurs(name)))];
  return all.length > MOST_NAMES ? `${all.slice(0, MOST_NAMES).join(', ')} …` : all.join(', ');
}

/** Rows of a table, its columns one below the other. */
export function aligned(rows: readonly string[][]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
}
