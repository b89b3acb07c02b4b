import type { LaunchOptions, Page } from 'puppeteer';
import type { Setting } from '../harness';

const STANDARD_PX = 32;
const FIXED_PX = 26;

/** A browser whose visitor has set text to be twice as large: Firefox is told so when it is started. */
export const LARGE_TEXT: LaunchOptions = {
  extraPrefsFirefox: { 'font.size.variable.x-western': STANDARD_PX, 'font.size.monospace.x-western': FIXED_PX },
};

/** Chromium is told with each page. */
export async function setLargeText(page: Page, engine: Setting['engine']): Promise<void> {
  if (engine === 'firefox') return;
  const devtools = await page.createCDPSession();
  await devtools.send('Page.setFontSizes', { fontSizes: { standard: STANDARD_PX, fixed: FIXED_PX } });
}
