import { mkdir } from 'node:fs/promises';
import type { Page, Viewport } from 'puppeteer';
import type { ThemeName } from '../src/cli/build';
import type { Gatekeeper } from '../src/page';
import { launch } from '../test/browsers';
import { startExample } from './portal';

declare const gatekeeper: Gatekeeper;

/** Makes the pictures of the documentation: the README's, and the interface in both themes. */
const folder = process.argv[2] ?? 'docs/images';
/** Of 100: a picture has 60 kB at most. */
const QUALITY = 32;
const DATASET = '/dataset/aide-publique-au-developpement';
const DESKTOP: Viewport = { width: 1280, height: 900 };
const MOBILE: Viewport = { width: 390, height: 780, deviceScaleFactor: 2 };

interface Picture {
  name: string;
  interface?: ThemeName;
  viewport?: Viewport;
  language?: string;
  /** What is done on the dataset page before the picture is taken. */
  prepare(page: Page): Promise<unknown>;
}

const asked = (page: Page) => page.waitForSelector('cookie-banner button');
/** Where a video would be, a placeholder, and no banner over it any more. */
const refused = async (page: Page) => {
  await asked(page);
  await page.evaluate(() => gatekeeper.refuseAll());
  const placeholder = await page.waitForSelector('.videos cookie-placeholder button');
  await placeholder!.scrollIntoView();
};
const opened = async (page: Page) => {
  await asked(page);
  const buttons = await page.$$('cookie-banner button');
  await buttons.at(-1)!.click();
  await page.waitForSelector('dialog[open] input');
};

const PICTURES: Picture[] = [
  { name: 'example', prepare: allowPostHog },
  { name: 'banner', interface: 'own', prepare: asked },
  { name: 'banner-mobile', interface: 'own', viewport: MOBILE, prepare: asked },
  { name: 'preferences', interface: 'own', prepare: opened },
  { name: 'placeholder', interface: 'own', prepare: refused },
  { name: 'banner-dsfr', interface: 'dsfr', language: 'fr', prepare: asked },
  { name: 'preferences-dsfr', interface: 'dsfr', language: 'fr', prepare: opened },
  { name: 'banner-dsfr-mobile', interface: 'dsfr', language: 'fr', viewport: MOBILE, prepare: asked },
];

await mkdir(folder, { recursive: true });
const browser = await launch('chromium');
try {
  for (const picture of PICTURES) await take(picture);
} finally {
  await browser.close();
}

async function take({ name, interface: theme, viewport = DESKTOP, language = 'en', prepare }: Picture): Promise<void> {
  const example = await startExample({ interface: theme });
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    await page.setViewport(viewport);
    await page.setExtraHTTPHeaders({ 'Accept-Language': language });
    await page.goto(example.origin + DATASET);
    await page.evaluate(() => gatekeeper.register());
    await prepare(page);
    await page.waitForFunction(() => document.querySelectorAll('.leaflet-tile-loaded').length > 0);
    await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
    const path = `${folder}/${name}.webp` as const;
    await page.screenshot({ path, type: 'webp', quality: QUALITY });
    console.log(`Wrote ${path}`);
  } finally {
    await context.close();
    await example.close();
  }
}

/** One of the services has been allowed: the grant loads the page again, opened to it. */
async function allowPostHog(page: Page): Promise<void> {
  await Promise.all([
    page.waitForNavigation({ waitUntil: 'networkidle0' }),
    page.evaluate(() => gatekeeper.set({ posthog: true })),
  ]);
}
