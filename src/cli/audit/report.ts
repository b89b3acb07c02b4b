import type { Audit } from './audit-site';
import type { LawCheck } from './check-law';
import { MOST_DAYS, nameOf } from './find-problems';
import { lifetimeText } from './lifetime-text';
import { missedVisits } from './missed-visits';
import { PASSES, type Observation, type Pass, type StoredCookie, type StoredEntry } from './observation';
import type { ServiceUse } from './service-use';

const TITLES: Readonly<Record<Pass, string>> = {
  untouched: 'Before any choice',
  refused: 'After everything was refused',
  accepted: 'After everything was accepted',
};
const UNANSWERED: Readonly<Record<Exclude<Pass, 'untouched'>, string>> = {
  refused: 'To be refused, where no banner was found',
  accepted: 'To be accepted, where no banner was found',
};

/** Of the addresses of a service, how many are printed for each visit. */
const MOST_ADDRESSES = 20;

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 72rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100%; margin: 1rem 0 }
th, td { text-align: start; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid #8886 }
td, code { overflow-wrap: anywhere }
.failed, .long { color: #c00; font-weight: 600 } .passed { color: #070 }
@media (prefers-color-scheme: dark) { .failed, .long { color: #f88 } .passed { color: #8d8 } }
figure { display: inline-block; width: 20rem; margin: 0 1rem 1rem 0; vertical-align: top }
img { width: 100%; border: 1px solid #8886 }
`;

/** The audit as one HTML file, for whoever answers for the site's data: it loads nothing. */
export function auditReport(audit: Audit): string {
  const { observation, uses, checks, problems } = audit;
  const site = observation.origins.join(', ');
  const missed = missedVisits(observation);
  const title = `Audit of ${site}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${escape(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escape(title)}</h1>
<p>${escape(observation.time.slice(0, 16).replace('T', ' '))} UTC, by cookie-gatekeeper, in ${escape(observation.engine)}. Three visits, each by somebody who had never been there.${observation.stopped ? ' It was stopped before all pages were visited.' : ''}</p>
<h2>What is wrong</h2>
${problems.length > 0 ? list(problems.map(({ kind, text }) => `<strong>${kind}</strong>: ${escape(text)}`)) : '<p>Nothing was found.</p>'}
${missed.length > 0 ? `<p>Not all was seen:</p>\n${list(missed.map(escape))}` : ''}
<h2>What the law asks</h2>
${table(['', 'What is asked', 'Verdict', 'What was seen'], checks.map(checkRow))}
<h2>Who was contacted</h2>
${uses.map((use) => serviceSection(use, observation)).join('\n')}
<h2>Cookies</h2>
${table(
  ['Name', 'Service', 'Sent to', 'Kept', 'Set by', 'There'],
  uses.flatMap((use) => use.cookies.map((cookie) => cookieRow(cookie, use, observation))),
)}
<h2>Storage</h2>
${storage(uses, observation)}
<h2>The pages</h2>
${PASSES.map((pass) => pictures(pass, observation)).join('\n')}
</body>
</html>
`;
}

function checkRow({ what, verdict, why }: LawCheck, index: number): string[] {
  return [String(index + 1), escape(what), `<span class="${verdict.split(' ')[0]}">${verdict}</span>`, escape(why)];
}

function titleOf(pass: Pass, { answeredBy }: Observation): string {
  return pass === 'untouched' || answeredBy[pass] ? TITLES[pass] : UNANSWERED[pass];
}

function serviceSection(use: ServiceUse, observation: Observation): string {
  const { purpose, review } = use.description;
  const parts = PASSES.map((pass) => addresses(pass, use, observation)).filter(Boolean);
  return `<h3>${escape(nameOf(use))}</h3>
<p>Purpose: ${escape(purpose)}.${review ? ` To be reviewed: ${escape(review)}` : ''}</p>
${parts.join('\n')}`;
}

function addresses(pass: Pass, { contacts }: ServiceUse, observation: Observation): string {
  const asked = contacts.filter((contact) => contact.pass === pass);
  if (asked.length === 0) return '';
  const lines = asked.slice(0, MOST_ADDRESSES).map(({ url, kind, chain, held }) => {
    const led = chain.slice(1).map((address) => `<code>${escape(short(address))}</code>`);
    return `${kind} <code>${escape(short(url))}</code>${held ? ', not let out' : ''}${led.length > 0 ? `, by ${led.join(' → ')}` : ''}`;
  });
  if (asked.length > MOST_ADDRESSES) lines.push(`and ${asked.length - MOST_ADDRESSES} more`);
  return `<h4>${titleOf(pass, observation)}</h4>\n${list(lines)}`;
}

/** Without what follows the path, in which visitors' identifiers may stand. */
function short(address: string): string {
  return address.replace(/[?#].*/, '?…');
}

function cookieRow(
  { name, domain, days, passes, setBy = '' }: StoredCookie,
  use: ServiceUse,
  observation: Observation,
): string[] {
  const kept = lifetimeText(days).en;
  return [
    `<code>${escape(name)}</code>`,
    escape(nameOf(use)),
    escape(domain),
    days !== undefined && days > MOST_DAYS ? `<span class="long">${kept}</span>` : kept,
    `<code>${escape(short(setBy))}</code>`,
    passesText(passes, observation),
  ];
}

const AREAS: Readonly<Record<StoredEntry['area'], string>> = {
  localStorage: 'localStorage',
  sessionStorage: 'sessionStorage, until the tab is closed',
  indexedDB: 'IndexedDB',
  caches: 'caches',
};

/** What else than cookies was stored in the visitor's browser. */
function storage(uses: readonly ServiceUse[], observation: Observation): string {
  const rows = uses.flatMap((use) => use.entries.map((entry) => entryRow(entry, use, observation)));
  return rows.length > 0 ? table(['Name', 'Service', 'Where', 'Set by', 'There'], rows) : '<p>Nothing was found.</p>';
}

function entryRow(
  { name, area, passes, setBy = '' }: StoredEntry,
  use: ServiceUse,
  observation: Observation,
): string[] {
  return [
    `<code>${escape(name)}</code>`,
    escape(nameOf(use)),
    AREAS[area],
    `<code>${escape(short(setBy))}</code>`,
    passesText(passes, observation),
  ];
}

function passesText(passes: readonly Pass[], observation: Observation): string {
  return passes.map((pass) => titleOf(pass, observation).toLowerCase()).join(', ');
}

function pictures(pass: Pass, observation: Observation): string {
  const shown = observation.pages.filter((page) => page.pass === pass);
  if (shown.length === 0) return '';
  return `<h3>${titleOf(pass, observation)}</h3>\n${shown.map(figure).join('\n')}`;
}

function figure({ url, title, picture, problem, status }: Observation['pages'][number]): string {
  const image = picture ? `<img alt="${escape(title)}" src="data:image/jpeg;base64,${picture}">` : '';
  const state = problem ?? (status !== undefined && status >= 400 ? `answered with ${status}` : '');
  return `<figure>${image}<figcaption>${escape(title)}<br><code>${escape(url)}</code> ${escape(state)}</figcaption></figure>`;
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[], tag: string) => `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
  return `<table>\n<thead>${line(head, 'th')}</thead>\n<tbody>\n${rows.map((row) => line(row, 'td')).join('\n')}\n</tbody>\n</table>`;
}

function list(items: string[]): string {
  return `<ul>\n${items.map((item) => `<li>${item}</li>`).join('\n')}\n</ul>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
