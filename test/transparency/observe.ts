import type { Page } from 'puppeteer';
import { documents, keptDocuments } from './documents';
import { inPage } from './in-page';
import { observeNavigations, wayPages } from './navigations';
import type { Routes, Seen } from './raw-site';
import { resources } from './resources';
import { goTo, look, openTab, runIn, type Visit } from './visit';

/** Longer than any of them takes, on a busy machine. */
const LIMIT_MS = 15_000;

/** All that the site serves. */
export const routes: Routes = (html, lock) => ({
  ...documents(html, lock),
  ...keptDocuments(html),
  ...resources(html),
  ...wayPages(html),
});

/** All that the visitor, the site's scripts and its server see, by the name of what is done. */
export async function observe(visit: Visit): Promise<Record<string, unknown>> {
  // In tabs that others hide, but for the last, since a visitor clicks only on what is drawn.
  const hidden = [
    observeDocuments(visit, await openTab(visit)),
    observeKeptDocuments(visit, await openTab(visit)),
    observeInPage(visit, await openTab(visit)),
  ];
  const seen = await Promise.all([...hidden, observeNavigations(visit)]);
  return plain(
    { ...Object.assign({}, ...seen), ...atServers(visit), 'the console says': counted(visit.said) },
    visit,
  ) as Record<string, unknown>;
}

/**
 * In Firefox, puppeteer waits for ever for what breaks off, and for all that its tab opens afterwards; and what the browser
 * itself shows, of errors and PDFs, it sees sooner or later.
 */
const LOST_IN_FIREFOX = /broken|loop|nowhere|pdf/;

async function observeDocuments({ site, engine }: Visit, page: Page): Promise<Record<string, unknown>> {
  const seen: Record<string, unknown> = {};
  for (const path of Object.keys(documents(String, ''))) {
    if (engine !== 'firefox' || !LOST_IN_FIREFOX.test(path))
      seen[`document ${path}`] = { answer: await goTo(page, site.origin + path), shown: await look(page) };
  }
  await page.close();
  return seen;
}

async function observeKeptDocuments({ site }: Visit, page: Page): Promise<Record<string, unknown>> {
  const seen: Record<string, unknown> = {};
  for (const path of Object.keys(keptDocuments(String))) {
    for (const opened of [path, '/busy', path]) await goTo(page, site.origin + opened);
    // The browser's tools tell of the answer to its question, 304; the page, of the one that it has.
    seen[`document ${path}`] = await look(page);
  }
  await page.close();
  return seen;
}

async function observeInPage(visit: Visit, page: Page): Promise<Record<string, unknown>> {
  await page.goto(`${visit.site.origin}/busy`);
  const observed = Object.entries(inPage).map(async ([what, run]) => {
    let timer: NodeJS.Timeout;
    const limit = new Promise((resolve) => (timer = setTimeout(resolve, LIMIT_MS, 'never ends')));
    const seen = await Promise.race([runIn(page, run, visit.necessary.origin), limit]).catch(
      (error: Error) => `failed: ${error.message}`,
    );
    clearTimeout(timer!);
    return [what, seen] as const;
  });
  const seen = Object.fromEntries(await Promise.all(observed));
  await page.close();
  return seen;
}

/** Headers that differ with the machine, and not with what the site does. */
const INCIDENTAL = ['host', 'connection', 'user-agent', 'cookie', 'content-type', 'content-length'];

/** Browsers ask for these as often as they like, or give them up before they do. */
const UNCERTAIN = ['/favicon.ico', '/refused-connection', '/endless'];

function atServers({ site, necessary }: Visit): Record<string, unknown> {
  const byRequest: Record<string, unknown[]> = {};
  for (const one of site.seen) {
    // Ours, on hosts where sites are developed: whether a document has its lock.
    const isLookedForLock = one.method === 'HEAD' && one.path !== '/echo?bodies';
    if (isLookedForLock || UNCERTAIN.includes(one.path)) continue;
    (byRequest[`the server, asked to ${one.method} ${one.path}`] ??= []).push(told(one));
  }
  for (const all of Object.values(byRequest))
    all.sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
  const others = necessary.requests.map(({ method, path, query, referer, origin, cookie }) =>
    JSON.stringify([method, path + query, referer, origin, cookie?.replace(/=[^;]*/g, '')]),
  );
  return { ...byRequest, 'the server of a necessary service, asked': counted(others) };
}

function told({ headers, body }: Seen): unknown {
  const { cookie = '', 'content-type': type, 'content-length': length, ...rest } = headers;
  const isMultipart = /^multipart/.test(type ?? '');
  return {
    // Told first, so that requests are compared in this order.
    for: [rest.referer, rest['sec-fetch-dest'], rest['sec-fetch-mode'], rest.range, rest['last-event-id']].join(' '),
    type: type?.replace(/boundary=.*/, 'boundary'),
    length: isMultipart ? 'any' : length,
    body: isMultipart ? 'multipart' : body.slice(0, 100),
    // What is asked for at the same time sets this one.
    cookie: cookie
      .split('; ')
      .filter((one) => !/^(echoed|cookies_preferences)=/.test(one))
      .sort()
      .join('; '),
    headers: Object.fromEntries(
      Object.entries(rest)
        .filter(([name]) => !INCIDENTAL.includes(name))
        .sort(),
    ),
  };
}

function counted(texts: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const text of texts.sort()) counts[text] = (counts[text] ?? 0) + 1;
  return counts;
}

/** The same without what is random, and what is ours by its name. */
function plain(seen: unknown, { site, necessary, elsewhere }: Visit): unknown {
  const { origin, host, port } = new URL(site.origin);
  const names = [
    [origin, 'SITE'],
    [host, 'SITE'],
    [port, 'PORT'],
    [necessary.origin, 'NECESSARY'],
    [elsewhere.origin, 'ELSEWHERE'],
  ] as const;
  const named = names.reduce((text, [address, name]) => text.replaceAll(address, name), JSON.stringify(seen));
  return JSON.parse(named, (key, value: unknown) => {
    if (key === 'content-security-policy') return withoutLock(String(value)) || undefined;
    if (HIDDEN.includes(key)) return undefined;
    return typeof value === 'string'
      ? value
          .replace(/blob:[^\s)"]*/g, 'blob:')
          .replace(/(; )?cookies_preferences=[^;]*/, '')
          .replace(/^; /, '')
      : value;
  });
}

/** Headers that only a browser's tools show, and not always alike. */
const HIDDEN = [
  'date',
  'server-timing',
  'set-cookie',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-encoding',
  'content-length',
];

/** Policies of the site's own; ours is an expected difference. */
function withoutLock(policies: string): string {
  return policies
    .split(/, |\n/)
    .filter((policy) => !/report-to cookie-gatekeeper/.test(policy))
    .join(', ');
}
