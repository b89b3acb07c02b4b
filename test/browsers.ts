import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  Browser as Product,
  detectBrowserPlatform,
  getInstalledBrowsers,
  install,
  resolveBuildId,
} from '@puppeteer/browsers';
import puppeteer, { type Browser, type LaunchOptions } from 'puppeteer';
import { isExecutable } from '../src/cli/browser/find-executable';
import { installedBrowser, PLACES, type Engine } from '../src/cli/browser/installed-browser';
import { hasApt, installPackages } from './debian';

export type { Engine };

/** What is installed where the browser is missing. */
interface Candidate {
  product: Product;
  buildTag: string;
  /** The Debian package. */
  apt: string;
}

const CANDIDATES: Record<Engine, Candidate> = {
  chromium: { product: Product.CHROME, buildTag: 'stable', apt: 'chromium' },
  firefox: { product: Product.FIREFOX, buildTag: 'stable', apt: 'firefox-esr' },
};

/**
 * No request may leave this machine, whatever a page under test or the browser itself would like:
 * names other than localhost do not resolve.
 */
const CHROMIUM_FLAGS = [
  // What a browser prepares for a visitor's next click, or shows around the page, is work that no test looks at. The
  // WebUI ones would start a process more for each window, and so for each test.
  `--disable-features=${[
    'SpareRendererForSitePerProcess',
    'PaintHolding',
    'OptimizationHints',
    'MediaRouter',
    'GlobalMediaControls',
    'TabHoverCardImages',
    'LensOverlay',
    'InitialWebUI',
    'PreloadTopChromeWebUI',
    'WebUIReloadButton',
    'WebUIOmniboxPopup',
    'TabSearch',
    'WebUIOmniboxAimPopup',
    'OmniboxAimPopupWebUIContent',
    'WebUIOmniboxFullPopup',
  ]}`,
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-domain-reliability',
  '--disable-sync',
  '--mute-audio',
  '--autoplay-policy=no-user-gesture-required',
  hostResolverRules([]),
];

const FIREFOX_PREFERENCES = {
  // Anything but 5 makes a worker's cookieStore.set store nothing under automation.
  'network.cookie.cookieBehavior': 5,
  // Firefox keeps these three off, or off for loopback; a leak through them must be seen in a test.
  'browser.send_pings': true,
  'network.http.speculative-parallel-limit': 6,
  'media.peerconnection.ice.loopback': true,
  // What Firefox would fetch for itself.
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'app.normandy.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'media.gmp-manager.updateEnabled': false,
  'media.autoplay.default': 0,
};

/**
 * Names other than localhost do not resolve.
 * @param exceptions such as `MAP third.example 127.0.0.1:8080`
 */
export function hostResolverRules(exceptions: string[]): string {
  return `--host-resolver-rules=${[...exceptions, 'MAP * ~NOTFOUND', 'EXCLUDE localhost', 'EXCLUDE 127.0.0.1'].join(' , ')}`;
}

const executables = new Map<Engine, string>();

/**
 * Finds Chromium and Firefox, and installs what is missing: with puppeteer's own installer, or with apt
 * where that cannot download and we are root on Debian.
 *
 * @throws when a browser is neither found nor installable; the message says what to install.
 */
export async function ensureBrowsers(engines: Engine[] = ['chromium', 'firefox']): Promise<void> {
  for (const engine of engines) await executableOf(engine);
}

/** Starts a browser with a fresh profile that is deleted when it closes. */
export async function launch(engine: Engine, options: LaunchOptions = {}): Promise<Browser> {
  const executablePath = await executableOf(engine);
  if (engine === 'firefox') {
    return puppeteer.launch({
      ...options,
      browser: 'firefox',
      executablePath,
      extraPrefsFirefox: { ...FIREFOX_PREFERENCES, ...options.extraPrefsFirefox },
    });
  }
  return puppeteer.launch({
    ...options,
    browser: 'chrome',
    executablePath,
    args: [...CHROMIUM_FLAGS, ...(options.args ?? [])],
  });
}

async function executableOf(engine: Engine): Promise<string> {
  const known = executables.get(engine);
  if (known) return known;
  const path = installedBrowser(engine) ?? (await fromPuppeteersCache(engine)) ?? (await installed(engine));
  executables.set(engine, path);
  return path;
}

async function fromPuppeteersCache(engine: Engine): Promise<string | undefined> {
  const cacheDir = puppeteersCache();
  if (!existsSync(cacheDir)) return undefined;
  const browsers = await getInstalledBrowsers({ cacheDir });
  return browsers.find(
    ({ browser, executablePath }) => browser === CANDIDATES[engine].product && isExecutable(executablePath),
  )?.executablePath;
}

async function installed(engine: Engine): Promise<string> {
  const failures: string[] = [];
  for (const attempt of [downloaded, fromDebian]) {
    try {
      return await attempt(engine);
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
    }
  }
  const { apt, product, buildTag } = CANDIDATES[engine];
  throw new Error(
    `The tests need ${engine}, which was not found and could not be installed:\n` +
      failures.map((failure) => `  - ${failure.trim().replaceAll('\n', '\n    ')}\n`).join('') +
      `Install it with "apt-get install ${apt}" or "npx @puppeteer/browsers install ${product}@${buildTag}", ` +
      `or name an executable in ${PLACES[engine].variables[0]}.`,
  );
}

async function downloaded(engine: Engine): Promise<string> {
  const platform = detectBrowserPlatform();
  if (!platform) throw new Error('puppeteer has no browsers for this platform.');
  const { product, buildTag } = CANDIDATES[engine];
  const buildId = await resolveBuildId(product, platform, buildTag);
  const { executablePath } = await install({ browser: product, buildId, cacheDir: puppeteersCache() });
  return executablePath;
}

async function fromDebian(engine: Engine): Promise<string> {
  const { apt } = CANDIDATES[engine];
  if (!hasApt()) throw new Error('apt-get was not tried: it needs root, on Debian.');
  installPackages(apt);
  const path = installedBrowser(engine);
  if (!path) throw new Error(`apt-get installed ${apt}, but left no executable on the PATH.`);
  return path;
}

function puppeteersCache(): string {
  return process.env['PUPPETEER_CACHE_DIR'] ?? join(homedir(), '.cache', 'puppeteer');
}
