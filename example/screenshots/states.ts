import type { Page } from 'puppeteer';
import type { Gatekeeper } from '../../src/page';

declare const gatekeeper: Gatekeeper;

const DATASET = '/dataset/aide-publique-au-developpement';
const LOGIN = '/login';
const POLICY = '/cookies';

/** What a visitor may have before their eyes. */
export interface State {
  path: string;
  /** What is done in a page of that path. */
  prepare(page: Page): Promise<unknown>;
  /** Whether there is no service worker, as in a browser inside another app. */
  isWithoutWorker?: boolean;
}

const asked = (page: Page) => page.waitForSelector('cookie-banner button');

/** Where a video would be, a placeholder, and no banner over it any more. */
async function refused(page: Page): Promise<void> {
  await asked(page);
  await page.evaluate(() => gatekeeper.refuseAll());
  const placeholder = await page.waitForSelector('.videos cookie-placeholder button');
  await placeholder!.scrollIntoView();
}

async function opened(page: Page): Promise<void> {
  await asked(page);
  const buttons = await page.$$('cookie-banner button');
  await buttons.at(-1)!.click();
  await page.waitForSelector('dialog[open] input');
}

async function accepted(page: Page): Promise<void> {
  await asked(page);
  await page.click('cookie-banner button');
  await page.waitForFunction(() => document.querySelector('cookie-banner')?.role === 'alert');
}

/** One of the services has been allowed: the grant loads the page again, opened to it. */
async function allowedPostHog(page: Page): Promise<void> {
  await Promise.all([
    page.waitForNavigation({ waitUntil: 'networkidle0' }),
    page.evaluate(() => gatekeeper.set({ posthog: true })),
  ]);
}

export const STATES = {
  asked: { path: DATASET, prepare: asked },
  allowed: { path: DATASET, prepare: allowedPostHog },
  placeholder: { path: DATASET, prepare: refused },
  details: {
    path: DATASET,
    async prepare(page) {
      await refused(page);
      await page.$eval('.videos .cookie-gatekeeper-more', (more) => (more as HTMLElement).click());
      await page.waitForSelector('dialog[open]');
    },
  },
  preferences: { path: DATASET, prepare: opened },
  unfolded: {
    path: DATASET,
    async prepare(page) {
      await opened(page);
      await page.$$eval('dialog :is(summary, [aria-expanded=false])', (folds) =>
        folds.forEach((fold) => (fold as HTMLElement).click()),
      );
      await page.waitForFunction(() => !document.querySelector('.fr-collapsing'));
    },
  },
  withdrawn: {
    path: DATASET,
    async prepare(page) {
      await allowedPostHog(page);
      await page.$eval('[data-cookie-preferences=withdraw]', (control) => (control as HTMLElement).click());
      await page.waitForFunction(() => document.querySelector('cookie-banner')?.role);
    },
  },
  // What was typed is not taken away by loading the page again without asking.
  'allowed-typing': {
    path: DATASET,
    async prepare(page) {
      await page.evaluate(() => gatekeeper.ready);
      await page.type('#message', 'What I want to ask');
      await accepted(page);
    },
  },
  'allowed-without-worker': { path: DATASET, isWithoutWorker: true, prepare: accepted },
  // It is an answer to what was sent, and loading it again would send that again.
  'allowed-posted': {
    path: LOGIN,
    async prepare(page) {
      await page.type('#username', 'nobody');
      await page.type('#password', 'wrong');
      await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
      await accepted(page);
    },
  },
  policy: {
    path: POLICY,
    async prepare(page) {
      await asked(page);
      await page.evaluate(() => gatekeeper.refuseAll());
      await page.$eval('table', (table) => table.scrollIntoView());
    },
  },
} satisfies Record<string, State>;

export type StateName = keyof typeof STATES;
