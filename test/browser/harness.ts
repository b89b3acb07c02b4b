import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, BrowserContext, LaunchOptions } from 'puppeteer';
import { startExample, type ExampleOptions } from '../../example/portal';
import { launch, type Engine } from '../browsers';
import { partnerService, startPartner } from './partner';
import { Tab } from './tab';
import { noteRunning, type TestedExample } from './third-party-hits';

export interface VisitOptions extends Omit<ExampleOptions, 'editPolicy'> {
  /** Put over the example's policy. */
  policy?: Record<string, unknown>;
  editPolicy?: ExampleOptions['editPolicy'];
}

export interface Visit {
  /** With a third party of the tests' own, the service `partner` of the policy. */
  example: TestedExample;
  /** The visitor's first tab, still empty. */
  tab: Tab;
}

/** Starts the example and a visitor who was never there. Both are gone after the test. */
export type StartVisit = (options?: VisitOptions) => Promise<Visit>;

export interface Setting {
  engine: Engine;
  start: StartVisit;
  /** A visitor who was never anywhere, for tests that have a site of their own. Gone after the test. */
  newcomer(): Promise<Newcomer>;
}

interface Newcomer {
  context: BrowserContext;
  /** Folder that the browser downloads to. */
  downloads: string;
}

/** A page of the site without a tag of any third party. */
export const PLAIN = '/plain';

const CLOSING_LIMIT_MS = 10_000;

const ENGINES: Engine[] = ['chromium', 'firefox'];

interface RunningBrowser {
  browser: Browser;
  /** Folder that it downloads to. */
  downloads: string;
}

/** Starting Firefox takes seconds: the files share a browser of each kind, which is closed after all tests. */
const shared = new Map<Engine, Promise<RunningBrowser>>();

/**
 * Declares the same tests for each engine. Each test has a profile of its own in its browser.
 * @param options for a browser of the file's own, where it needs one that is set up otherwise
 */
export function forEachEngine(tests: (setting: Setting) => void, options?: LaunchOptions): void {
  for (const engine of ENGINES) {
    describe(`in ${engine}`, function () {
      // Browsers under automation lose an answer now and then. The reporter tells what had to be tried again.
      this.retries(2);
      let running: RunningBrowser | undefined;
      const cleanUps: (() => unknown)[] = [];
      const afterwards = (cleanUp: () => unknown) => void cleanUps.push(cleanUp);

      after(async () => {
        if (options) await running?.browser.close();
      });
      beforeEach(async function () {
        noteRunning(this.currentTest);
        // One that has crashed takes no other test with it.
        if (running?.browser.connected) return;
        if (!options && !(await shared.get(engine))?.browser.connected) shared.set(engine, run(engine));
        running = await (options ? run(engine, options) : shared.get(engine)!);
      });
      afterEach(async () => {
        for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
      });

      const newcomer = async (): Promise<Newcomer> => {
        const { browser, downloads } = running!;
        // Firefox takes the folder from its preferences.
        const downloadBehavior =
          engine === 'chromium' ? ({ policy: 'allow', downloadPath: downloads } as const) : undefined;
        const context = await browser.createBrowserContext({ downloadBehavior });
        // Chromium may never answer while one of the pages is just being loaded; the context goes with its browser then.
        afterwards(() => browser.connected && Promise.race([context.close(), pause(CLOSING_LIMIT_MS)]));
        return { context, downloads };
      };
      const start: StartVisit = async ({ policy, editPolicy = (written: unknown) => written, ...rest } = {}) => {
        const partner = await startPartner();
        afterwards(() => partner.close());
        const started = await startExample({
          ...rest,
          editPolicy: (written) =>
            editPolicy({ ...written, services: [...written.services, partnerService(partner)], ...policy }),
        });
        afterwards(() => started.close());
        started.page(PLAIN, {});
        const example = { ...started, thirdParties: { ...started.thirdParties, partner } };
        return { example, tab: await Tab.open({ example, ...(await newcomer()) }) };
      };
      tests({ engine, start, newcomer });
    });
  }
}

/** Nothing is left running after the tests. */
export async function closeSharedBrowsers(): Promise<void> {
  for (const running of shared.values())
    await running.then(
      ({ browser }) => browser.close(),
      () => {},
    );
}

async function run(engine: Engine, options: LaunchOptions = {}): Promise<RunningBrowser> {
  const downloads = await mkdtemp(join(tmpdir(), 'cookie-gatekeeper-downloads-'));
  process.once('exit', () => rmSync(downloads, { recursive: true, force: true }));
  const extraPrefsFirefox = {
    'browser.download.folderList': 2,
    'browser.download.dir': downloads,
    ...options.extraPrefsFirefox,
  };
  const browser = await launch(engine, { ...options, extraPrefsFirefox });
  // Mocha ends the processes that it runs files in without a word; Firefox would outlive them.
  process.once('exit', () => browser.process()?.kill('SIGKILL'));
  return { browser, downloads };
}
