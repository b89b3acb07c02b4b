import { strict as assert } from 'node:assert';
import type { Driver, Tab } from './driver';
import { settle } from './settle';
import type { Moment, Run } from './site';
import type { Visitor } from './states';
import type { World } from './world';

/** A page with all probes takes a few seconds; this is for machines under load. */
const PAGE_LIMIT_MS = 30_000;
/** A worker that is ended this often has to start again several times for the probes of one page. */
const AGAIN_MS = 300;

/** What is expected to be seen, if anything: before the page is left, and in all. */
export interface Expected {
  before(): boolean;
  after(): boolean;
}

/** A visitor with a browser of his own, on the pages of one run. */
export function visitor(driver: Driver, world: World, run: Run, expected: Expected): Visitor {
  const { site } = world;
  const address = `${site.origin}/${run.id}/`;
  const settled = (arrived: () => boolean) => settle(Object.values(world.parties), arrived);

  async function until(moment: Moment, act: () => Promise<unknown>, load?: number): Promise<void> {
    const reached = site.moment(run, moment, PAGE_LIMIT_MS, load);
    // Whichever fails first says more than the other's time limit.
    await Promise.all([reached, act()]);
  }

  /** What nobody but the worker, or the tag, closes is open at once to what was granted. */
  const loads = (reloads = false) => (reloads && world.lock !== 'none' ? 2 : undefined);
  const openPlain = (tab: Tab) => until('ready', () => tab.open(`${address}plain`));
  // The next page is opened under the decision; a reload would only get in its way.
  const decide = (call: string) =>
    `gatekeeper.addEventListener('beforereload', (event) => event.preventDefault()); await gatekeeper.${call};`;

  return {
    driver,
    openPlain: () => openPlain(driver),
    openProbes: (reloads) => until('finished', () => driver.open(address), loads(reloads)),
    openArmed: (by) => until('ready', () => driver.open(`${address}?armed=${by ?? ''}`)),
    async openElsewhere() {
      const tab = await driver.openTab();
      await openPlain(tab);
      return {
        decideAndStart: (call) =>
          until('finished', () => tab.run(`${decide(call)} new BroadcastChannel('start').postMessage('');`)),
      };
    },
    startProbes: (duringProbes) =>
      until('finished', async () => {
        await duringProbes?.();
        const again = setInterval(() => void duringProbes?.(), AGAIN_MS);
        await driver.run('await startWithMarkup()').finally(() => clearInterval(again));
      }),
    async hardReloadToProbes(reloads) {
      site.setPlain(run, true);
      await until('ready', () => driver.open(address));
      site.setPlain(run, false);
      await until('finished', () => driver.hardReload!(), loads(reloads));
    },
    async decide(call) {
      await driver.run(decide(call));
    },
    async decideAndReload(call) {
      // Not awaited in the page: the reload takes the answer away.
      await until('finished', () => driver.run(`setTimeout(() => gatekeeper.${call})`), 2);
    },
    async allowOnce() {
      await until('ready', () => driver.run(`setTimeout(() => gatekeeper.allowOnce('tracker'))`));
    },
    async assertOpen() {
      assert(await driver.run(`return gatekeeper.allows('tracker')`), 'the page is open to the tracker');
    },
    deploy: (policy) => world.deploy(policy),
    forgetLock: () => site.forgetLock(run),
    async countAfresh() {
      await settled(() => true);
      for (const party of Object.values(world.parties)) party.begin(run.id);
    },
    goBack: () => until('finished', () => driver.run('setTimeout(() => history.back())')),
    async lookAhead(by) {
      await until('fetched ahead', () =>
        driver.run(`
          const rules = { ${by}: [{ source: 'list', urls: ['${address}'], eagerness: 'immediate' }] };
          document.head.append(Object.assign(document.createElement('script'), { type: 'speculationrules', text: JSON.stringify(rules) }));
          document.body.append(Object.assign(document.createElement('a'), { id: 'ahead', href: '${address}', text: 'ahead' }));`),
      );
    },
    async follow() {
      await until('finished', () => driver.run(`setTimeout(() => document.querySelector('#ahead').click())`));
    },
    async leave(left) {
      await settled(expected.before);
      left();
      await until('ended', () => driver.run('leave()'));
      await settled(expected.after);
    },
  };
}
