import type { Page } from 'puppeteer';
import { seemUndriven } from './in-page/seem';

const PLATFORMS: Partial<Record<NodeJS.Platform, string>> = { darwin: 'macOS', win32: 'Windows' };

/** Has a page seen as somebody's who visits it: many trackers are silent where a browser says that a program drives it, or has no window. */
export async function seemAVisitor(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(seemUndriven);
  const userAgent = await page.browser().userAgent();
  if (!userAgent.includes('Headless')) return;
  const fullVersion = /Chrome\/([\d.]+)/.exec(userAgent)?.[1] ?? '';
  await page.setUserAgent({
    userAgent: userAgent.replace('Headless', ''),
    // What is sent beside it says the same.
    userAgentMetadata: {
      brands: [{ brand: 'Chromium', version: fullVersion.replace(/\..*/, '') }],
      fullVersion,
      platform: PLATFORMS[process.platform] ?? 'Linux',
      platformVersion: '',
      architecture: '',
      model: '',
      mobile: false,
    },
  });
}
