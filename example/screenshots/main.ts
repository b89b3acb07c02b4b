import { mkdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { BrowserContext, Viewport } from 'puppeteer';
import { THEMES, type ThemeName } from '../../src/cli/build';
import type { Gatekeeper } from '../../src/page';
import { launch } from '../../test/browsers';
import { startExample, type Example } from '../portal';
import { STATES, type State, type StateName } from './states';

declare const gatekeeper: Gatekeeper;

/** Of 100: a picture of the documentation has 60 kB at most. */
const QUALITY = 32;
const VIEWPORTS = {
  1280: { width: 1280, height: 900 },
  390: { width: 390, height: 780, deviceScaleFactor: 2 },
} satisfies Record<string, Viewport>;
const COLOURS = ['light', 'dark'] as const;
const LANGUAGES = ['en', 'fr'] as const;

interface Picture {
  name: string;
  state: StateName;
  theme?: ThemeName;
  width?: keyof typeof VIEWPORTS;
  colour?: (typeof COLOURS)[number];
  language?: (typeof LANGUAGES)[number];
}

/** The documentation's. */
const PICTURES: Picture[] = [
  { name: 'example', state: 'allowed' },
  { name: 'banner', theme: 'own', state: 'asked' },
  { name: 'banner-mobile', theme: 'own', width: 390, state: 'asked' },
  { name: 'preferences', theme: 'own', state: 'preferences' },
  { name: 'placeholder', theme: 'own', state: 'placeholder' },
  { name: 'banner-dsfr', theme: 'dsfr', language: 'fr', state: 'asked' },
  { name: 'preferences-dsfr', theme: 'dsfr', language: 'fr', state: 'preferences' },
  { name: 'banner-dsfr-mobile', theme: 'dsfr', language: 'fr', width: 390, state: 'asked' },
];

const USAGE = `npm run screenshot -- [folder]   the pictures of the documentation; into docs/images without a folder
npm run screenshot -- --every folder [--only word]
    every state, in every theme, width, colour and language; or those with a word in their name`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { every: { type: 'string' }, only: { type: 'string' }, help: { type: 'boolean' } },
});
if (values.help) console.log(USAGE);
else if (values.every === undefined) await takeAll(positionals[0] ?? 'docs/images', PICTURES);
else
  await takeAll(
    values.every,
    [...everyPicture()].filter(({ name }) => name.includes(values.only ?? '')),
  );

function* everyPicture(): Generator<Picture> {
  for (const theme of THEMES)
    for (const state of Object.keys(STATES) as StateName[])
      for (const width of [1280, 390] as const)
        for (const colour of COLOURS)
          for (const language of LANGUAGES)
            yield { name: [state, theme, width, colour, language].join('-'), state, theme, width, colour, language };
}

async function takeAll(folder: string, pictures: readonly Picture[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const theme of [undefined, ...THEMES]) {
    const ofTheme = pictures.filter((picture) => picture.theme === theme);
    if (ofTheme.length === 0) continue;
    const example = await startExample({ interface: theme });
    for (const picture of ofTheme) await take(example, picture, folder);
    await example.close();
  }
}

/** Each with a browser of its own: one that crashes takes no other picture with it. */
async function take(example: Example, picture: Picture, folder: string): Promise<void> {
  const browser = await launch('chromium');
  try {
    await takeIn(browser.defaultBrowserContext(), example, picture, `${folder}/${picture.name}.webp`);
  } catch (error) {
    console.error(`${picture.name}: ${String(error)}`);
    process.exitCode = 1;
  } finally {
    await browser.close();
  }
}

async function takeIn(
  context: BrowserContext,
  example: Example,
  { state, width = 1280, colour = 'light', language = 'en' }: Picture,
  path: `${string}.webp`,
): Promise<void> {
  const page = await context.newPage();
  await page.setViewport(VIEWPORTS[width]);
  await page.setExtraHTTPHeaders({ 'Accept-Language': language });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: colour }]);
  // The State's design system does not look what the visitor's system has.
  if (colour === 'dark')
    await page.evaluateOnNewDocument(() => {
      document.addEventListener('DOMContentLoaded', () => {
        const { dataset } = document.documentElement;
        if (dataset['frTheme']) dataset['frTheme'] = 'dark';
      });
    });
  const { path: address, prepare, isWithoutWorker }: State = STATES[state];
  if (isWithoutWorker) await page.evaluateOnNewDocument('delete Navigator.prototype.serviceWorker');
  await page.goto(example.origin + address);
  if (!isWithoutWorker) await page.evaluate(() => gatekeeper.register());
  await prepare(page);
  // Of a map, pictures come last.
  await page.waitForFunction(
    () => !document.querySelector('.leaflet-container') || document.querySelector('.leaflet-tile-loaded'),
  );
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
  await page.screenshot({ path, type: 'webp', quality: QUALITY });
  console.log(`Wrote ${path}`);
}
