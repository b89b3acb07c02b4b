import type { BrowserContext, Page } from 'puppeteer';
import type { ThirdParty } from '../../example/third-parties/third-party';
import type { Engine } from '../browsers';
import type { RawSite } from './raw-site';

/** A visitor on the site, and everybody who sees something of that. */
export interface Visit {
  engine: Engine;
  site: RawSite;
  necessary: ThirdParty;
  elsewhere: ThirdParty;
  context: BrowserContext;
  /** Folder that the browser downloads to. */
  downloads: string;
  /** What consoles of the site's pages have shown. */
  said: string[];
}

const LIMIT_MS = 15_000;

/** Opens a tab of the visitor's. */
export async function openTab({ context, said }: Visit): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(LIMIT_MS);
  page.on('console', (message) => {
    if (!/^(error|warn)/.test(message.type()) || /favicon/.test(message.location()?.url ?? '')) return;
    // Said by a page that is left while it registers the worker.
    if (/document is in an invalid state/.test(message.text())) return;
    said.push(`${message.type().slice(0, 4)} ${message.text()} (${message.location()?.url ?? 'nowhere'})`);
  });
  page.on('pageerror', (error) => said.push(`uncaught ${(error as Error).message}`));
  return page;
}

/** Runs a function in a page, as its text. The build names functions, by a function that pages do not have. */
export function runIn(page: Page, run: (argument: string) => unknown, argument = ''): Promise<unknown> {
  return page.evaluate(
    `(async () => { const __name = (one) => one; return (${run.toString()})(${JSON.stringify(argument)}); })()`,
  );
}

/** Goes somewhere, and tells what the browser says of that. */
export async function goTo(page: Page, url: string): Promise<unknown> {
  try {
    const response = await page.goto(url, { waitUntil: 'load' });
    if (!response) return 'no answer';
    return { status: response.status(), headers: response.headers() };
  } catch (error) {
    // Firefox adds where in itself it was.
    return (error as Error).message.split(/ at | #/)[0];
  }
}

/** What the visitor, and the site's scripts, see of the document that a tab shows. */
export async function look(page: Page): Promise<unknown> {
  const seen = runIn(page, () => {
    const attempt = (read: () => unknown) => {
      try {
        return read();
      } catch (error) {
        return (error as Error).name;
      }
    };
    const [timing] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    return {
      url: location.href,
      title: document.title,
      // Not of what the browser itself says, which is long.
      text: document.title === 'Problem loading page' || attempt(() => document.body?.innerText.slice(0, 200)),
      type: document.contentType,
      charset: document.characterSet,
      mode: document.compatMode,
      modified: document.lastModified.includes('2022'),
      referrer: document.referrer,
      cookies: attempt(() => document.cookie),
      entries: history.length,
      state: attempt(() => history.state),
      isIsolated: self.crossOriginIsolated,
      opener: window.opener !== null,
      name: window.name,
      navigation: timing && {
        type: timing.type,
        redirects: timing.redirectCount,
        status: timing.responseStatus,
        size: [timing.decodedBodySize, timing.encodedBodySize, timing.transferSize > 0],
        protocol: timing.nextHopProtocol,
      },
    };
  });
  // A page of the browser's own, such as the one that says that nothing came, may not be looked into.
  return seen.catch(({ message }: Error) => `not seen: ${message.split('\n')[0]}`);
}
