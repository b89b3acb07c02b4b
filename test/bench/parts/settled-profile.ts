import type { Chromium } from '../browser/chromium';
import type { Profile } from '../browser/profile';
import type { Tab } from '../browser/tab';
import type { Setting, State } from './page-cells';

/** Of the services of the page, those that a mixed visitor has allowed. */
const MIXED = { 'third-1': true, 'third-2': true, 'third-3': false, 'third-4': false, 'third-5': false };
/** The visits after which a browser keeps a script's compiled code, and uses it. */
const WARM_UP = 3;

/**
 * A visitor who has been on the site before: its worker is installed, and they have decided.
 * @param site an origin that no other visitor of this browser goes to, on whatever port: they would share its cookies
 */
export async function settledProfile(
  chromium: Chromium,
  site: string,
  { guard, state }: Pick<Setting, 'guard' | 'state'>,
): Promise<Profile> {
  const profile = chromium.ownProfile;
  const url = `${site}/page/0`;
  await profile.inTab(async (tab) => {
    await tab.open(url);
    if (guard !== 'none') await tab.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
    if (guard === 'ours') await decide(tab, url, state);
    for (let visit = 0; visit < WARM_UP; visit++) await tab.open(url);
  });
  return profile;
}

/** Decides, and waits until the site knows: a grant loads the page again. */
async function decide(tab: Tab, url: string, state: State | undefined): Promise<void> {
  const choices = choicesOf(state);
  if (!choices) return;
  // The answer may be lost with the document.
  await tab.evaluate((choices) => window.gatekeeper.set(choices).then(() => {}), choices).catch(() => {});
  await tab.open(url);
  const decided = await tab.evaluate(() => window.gatekeeper.consent.choices);
  for (const [service, choice] of Object.entries(choices))
    if (decided[service] !== choice) throw new Error(`${url}: the visitor's choice about ${service} is not kept.`);
}

function choicesOf(state: State | undefined): Record<string, boolean> | undefined {
  if (!state || state === 'mixed') return state && MIXED;
  return Object.fromEntries(Object.keys(MIXED).map((service) => [service, state === 'granted']));
}
