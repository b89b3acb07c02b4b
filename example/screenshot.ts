import { mkdir } from 'node:fs/promises';
import type { Gatekeeper } from '../src/page';
import { launch } from '../test/browsers';
import { startExample } from './portal';

declare const gatekeeper: Gatekeeper;

/** Makes the README's picture: a dataset page where one of the services has been allowed. */
const OUT = 'docs/images/example.png';
await mkdir('docs/images', { recursive: true });
const example = await startExample();
const browser = await launch('chromium');
try {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  await page.goto(`${example.origin}/dataset/aide-publique-au-developpement`);
  await page.evaluate(() => gatekeeper.register());
  // The grant loads the page again, opened to the service.
  await Promise.all([page.waitForNavigation({ waitUntil: 'networkidle0' }), page.evaluate(() => gatekeeper.set({ posthog: true }))]);
  await page.waitForFunction((tiles) => document.querySelectorAll(tiles).length > 0, {}, '.leaflet-tile-loaded');
  await page.screenshot({ path: OUT });
  console.log(`Wrote ${OUT}`);
} finally {
  await browser.close();
  await example.close();
}
