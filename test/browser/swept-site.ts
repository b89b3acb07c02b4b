import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import nodeResolve from '@rollup/plugin-node-resolve';
import type { Browser, BrowserContext, Page } from 'puppeteer';
import { rollup } from 'rollup';
import ts from 'typescript';
import type { SweepReport } from '../../src/sweep/report';
import type { SweepScope } from '../../src/sweep/sweep-scope';
import { launch, type Engine } from '../browsers';
import type * as Sweeper from './sweeper';

declare global {
  interface Window {
    /** The sweep's module, in the pages of the swept site. */
    sweeper: typeof Sweeper;
  }
}

/** A site of four levels. `*.localhost` counts as secure without a certificate; `*.test` is any site on http. */
const HOSTS = { secure: 'www.data.ville.localhost', http: 'www.data.ville.test' };

/** The other tests' browsers resolve no such names, so that nothing leaves the machine. Nor does it here. */
const RESOLVER_RULES =
  'MAP *.localhost 127.0.0.1 , MAP *.test 127.0.0.1 , MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1';
const LOCAL_DOMAINS = 'www.data.ville.test,data.ville.test,ville.test';

const MIRROR = 'cookies_preferences';

export interface Site {
  /** Name of the mirror cookie. */
  mirror: string;
  /** The visitor's browser profile: all cookies, with those that scripts cannot see. */
  context: BrowserContext;
  /** Opens a page of the site, in a tab of its own. @param secure false: on http, without what needs a secure context */
  open(path: string, secure?: boolean): Promise<Page>;
  /** Opens a page after the server has set cookies, `Set-Cookie` headers. */
  openWith(cookies: string[], path: string, secure?: boolean): Promise<Page>;
}

/** Declares the same tests for each engine, on a site with a new visitor for each test. */
export function onTheSweptSite(tests: (visit: () => Promise<Site>, engine: Engine) => void): void {
  for (const engine of ['chromium', 'firefox'] as const) {
    describe(`in ${engine}`, () => {
      let browser: Browser;
      let server: Awaited<ReturnType<typeof startServer>>;
      const contexts: BrowserContext[] = [];

      before(async () => {
        server = await startServer();
        browser = await launch(engine, {
          args: [`--host-resolver-rules=${RESOLVER_RULES}`],
          extraPrefsFirefox: { 'network.dns.localDomains': LOCAL_DOMAINS },
        });
      });
      afterEach(async () => {
        for (const context of contexts.splice(0)) await context.close();
      });
      after(async () => {
        await browser.close();
        server.close();
      });

      tests(async () => {
        const context = await browser.createBrowserContext();
        contexts.push(context);
        const originOf = (secure: boolean) => `http://${secure ? HOSTS.secure : HOSTS.http}:${server.port}`;
        const openWith: Site['openWith'] = async (cookies, path, secure = true) => {
          const page = await context.newPage();
          await page.goto(
            `${originOf(secure)}/set?${new URLSearchParams(cookies.map((cookie) => ['cookie', cookie]))}`,
          );
          await page.goto(originOf(secure) + path);
          return page;
        };
        return { mirror: MIRROR, context, open: (path, secure) => openWith([], path, secure), openWith };
      }, engine);
    });
  }
}

/** Sets cookies from a script of the page. */
export function setByScript(page: Page, ...cookies: string[]): Promise<void> {
  return page.evaluate((cookies) => {
    for (const cookie of cookies) document.cookie = cookie;
  }, cookies);
}

/** The names of the cookies that scripts see on a page, sorted; as often as there are cookies of that name. */
export async function seenBy(page: Page): Promise<string[]> {
  const cookies = await page.evaluate(() => document.cookie);
  return cookies
    .split('; ')
    .filter(Boolean)
    .map((cookie) => cookie.split('=')[0]!)
    .sort();
}

/** Sweeps on a page. */
export function sweepOn(page: Page, sweeping: SweepScope): Promise<SweepReport> {
  return page.evaluate((sweeping) => window.sweeper.sweep(sweeping), sweeping as never);
}

async function startServer() {
  const scripts: Record<string, string> = { '/sweep.js': await bundle('./sweeper.ts') };
  const server = createServer(({ url = '/' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    if (searchParams.has('cookie')) response.setHeader('Set-Cookie', searchParams.getAll('cookie'));
    const script = scripts[pathname];
    response.setHeader('Content-Type', script ? 'text/javascript' : 'text/html; charset=utf-8');
    response.end(
      script ??
        '<!doctype html><title>A page</title><script type="module">import * as sweeper from "/sweep.js"; window.sweeper = sweeper;</script>',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function bundle(file: string): Promise<string> {
  const stripTypes = {
    name: 'strip-types',
    transform: (code: string) =>
      ts.transpileModule(code, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } })
        .outputText,
  };
  const input = fileURLToPath(new URL(file, import.meta.url));
  const bundled = await rollup({ input, plugins: [nodeResolve({ extensions: ['.ts'] }), stripTypes] });
  const { output } = await bundled.generate({ format: 'es' });
  return output[0].code;
}
