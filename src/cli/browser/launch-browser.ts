import type { Browser, PuppeteerNode } from 'puppeteer';
import { CommandError } from '../command-error';
import { isExecutable } from './find-executable';
import { installedBrowser, PLACES, type Engine } from './installed-browser';

/** What a browser sends for itself is none of the site's. */
const CHROMIUM_FLAGS = [
  '--disable-domain-reliability',
  '--disable-sync',
  '--disable-features=OptimizationHints,MediaRouter',
  '--mute-audio',
  '--autoplay-policy=no-user-gesture-required',
  '--disable-dev-shm-usage',
  // Without it, Chromium does not start for root, which is who one is in most containers.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

const FIREFOX_PREFERENCES = {
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'app.normandy.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'media.gmp-manager.updateEnabled': false,
  // What a visitor with the usual settings would have stored is what counts.
  'network.cookie.cookieBehavior': 4,
};

/**
 * Starts the browser that is installed, with a fresh profile that is deleted when it closes.
 * @throws (rejects) {CommandError} when puppeteer or the browser is missing, or the browser does not start
 */
export async function launchBrowser(engine: Engine): Promise<Browser> {
  const puppeteer = await importPuppeteer();
  const executablePath = installedBrowser(engine) ?? (await downloaded(puppeteer, engine));
  // Ctrl-C is for us: what was found until then is kept.
  const common = { executablePath, handleSIGINT: false, defaultViewport: { width: 1280, height: 900 } };
  const launched =
    engine === 'firefox'
      ? puppeteer.launch({ ...common, browser: 'firefox', extraPrefsFirefox: FIREFOX_PREFERENCES })
      : puppeteer.launch({ ...common, browser: 'chrome', args: CHROMIUM_FLAGS });
  return launched.catch((error: Error) => {
    const [reason] = error.message.split('\n');
    throw new CommandError(
      `${engine} could not be started from ${executablePath}: ${reason} Name another executable in ${PLACES[engine].variables[0]}.`,
    );
  });
}

async function importPuppeteer(): Promise<PuppeteerNode> {
  try {
    return (await import('puppeteer')).default;
  } catch {
    throw new CommandError(
      'a browser is driven by puppeteer, which is not installed: npm install --save-dev puppeteer @duckduckgo/autoconsent',
    );
  }
}

/** The one that puppeteer has brought itself, if it has. */
async function downloaded(puppeteer: PuppeteerNode, engine: Engine): Promise<string> {
  const browser = engine === 'firefox' ? 'firefox' : 'chrome';
  const path = await Promise.resolve(puppeteer.executablePath({ browser })).catch(() => '');
  if (isExecutable(path)) return path;
  throw new CommandError(
    `${engine} was not found. Install it, name its executable in ${PLACES[engine].variables[0]}, or: npx puppeteer browsers install ${browser}`,
  );
}
