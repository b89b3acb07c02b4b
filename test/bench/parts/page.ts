import { Chromium } from '../browser/chromium';
import { loadTimes, type LoadTimes } from '../browser/load-times';
import type { Profile } from '../browser/profile';
import { startWorker, stopWorkers } from '../browser/site-worker';
import { environmentOf } from '../environment';
import type { BenchOptions } from '../options';
import type { Part } from '../part';
import { inRounds, type Contender } from '../rounds';
import { startPageSite, type PageSite } from '../site/page-site';
import { startThirdParties, type ThirdParties } from '../site/third-parties';
import { cellsOf, STATES, VISITS, WALLS, type Cell, type Setting, type Slice } from './page-cells';
import { pageTables } from './page-tables';
import { settledProfile } from './settled-profile';

/** What the document has. */
const SIZES = [0, 20, 100, 500];
const DELAYS = [0, 40];
const ROUNDS = 9;
/** Pages of more requests than this take long, and are measured less often; with fewer rounds, no difference would be sure. */
const LARGE_SIZE = 20;
const LEAST_ROUNDS = 6;
const THIRD_PARTIES = 5;

export const page: Part = {
  id: 'page',
  async measure(options) {
    const slice = sliceOf(options);
    const rounds = options.rounds ?? ROUNDS;
    const parties = new Map<number, ThirdParties>();
    for (const delay of slice.delays) parties.set(delay, await startThirdParties(THIRD_PARTIES, delay));
    const cells = cellsOf(slice);
    const sites = await sitesOf(cells, parties);
    const chromium = await Chromium.start([...sites.values()].map(({ origin }) => origin));
    try {
      const visitors = new Visitors(chromium, sites);
      // Settled one after another, before the first round.
      for (const cell of cells) if (cell.visit !== 'first') await visitors.settled(cell);
      const contenders = cells.map((cell) => ({ ...contenderOf(cell, visitors, rounds), cell }));
      const measured = await inRounds<keyof LoadTimes>(contenders, rounds);
      const samples = contenders.map((contender) => ({ ...contender.cell, samples: measured.get(contender)! }));
      return {
        title: 'A page load',
        method: METHOD,
        environment: environmentOf([chromium.version], `${rounds} rounds, fewer for more than ${LARGE_SIZE} requests`),
        tables: pageTables(samples, slice),
      };
    } finally {
      await chromium.close();
      for (const { close } of [...sites.values(), ...parties.values()]) await close();
    }
  },
};

const METHOD = [
  `The same page, with that many images and scripts of its own and as many of ${THIRD_PARTIES} third parties: with *no worker*; with one whose
listener looks at each request and leaves it to the browser (*empty listener*); with one that reads IndexedDB in every event (*naive
gate*, everything granted); and with ours, as \`npx cookie-gatekeeper build\` writes it, for a policy of twenty services, with its files
sent as the README says. Nothing is cached but these files. Each load has a tab of its own, in a visitor's profile that keeps worker,
consent and compiled scripts (a first visit has none); nothing listens to the network or to the worker meanwhile.`,
  `*First byte*, *first paint* and *load* are when the document's first byte arrives, when something is painted, and when the load event
has ended, since the visitor went there. *Main thread* is the time that the page's main thread has worked until the page was idle.`,
];

function sliceOf({
  sizes = SIZES,
  delays = DELAYS,
  states = STATES,
  walls = WALLS,
  visits = VISITS,
}: BenchOptions): Slice {
  return { sizes, delays, states, walls, visits: VISITS.filter((visit) => visits.includes(visit)) };
}

function siteKey({ guard, wall, state, delay }: Setting): string {
  return [guard, wall, state, delay].filter((part) => part !== undefined).join('-');
}

async function sitesOf(cells: Cell[], parties: Map<number, ThirdParties>): Promise<Map<string, PageSite>> {
  const sites = new Map<string, PageSite>();
  for (const cell of cells) {
    const { guard, wall, delay } = cell;
    const key = siteKey(cell);
    const thirdParties = parties.get(delay)!;
    if (!sites.has(key))
      sites.set(key, await startPageSite({ host: `${key}.example`, guard, wall, delay, thirdParties }));
  }
  return sites;
}

/** The visitors' profiles, each in the state that it is measured in. */
class Visitors {
  readonly #profiles = new Map<string, Profile>();

  constructor(
    readonly chromium: Chromium,
    readonly sites: Map<string, PageSite>,
  ) {}

  site(setting: Setting): string {
    return this.sites.get(siteKey(setting))!.origin;
  }

  async settled(setting: Setting): Promise<Profile> {
    const key = siteKey(setting);
    const profile = this.#profiles.get(key) ?? (await settledProfile(this.chromium, this.site(setting), setting));
    this.#profiles.set(key, profile);
    return profile;
  }
}

function contenderOf(cell: Cell, visitors: Visitors, rounds: number): Contender<keyof LoadTimes> {
  const site = visitors.site(cell);
  const url = `${site}/page/${cell.size}`;
  return {
    name: JSON.stringify(cell),
    rounds: cell.size > LARGE_SIZE ? Math.min(rounds, Math.max(LEAST_ROUNDS, Math.round(rounds / 2))) : rounds,
    measure: () => (cell.visit === 'first' ? firstVisit(visitors.chromium, url) : visitAgain(cell, visitors, url)),
  };
}

async function firstVisit(chromium: Chromium, url: string): Promise<LoadTimes> {
  const profile = await chromium.newProfile();
  try {
    return await profile.inTab((tab) => loadTimes(tab, url, false));
  } finally {
    await profile.dispose();
  }
}

async function visitAgain(cell: Cell, visitors: Visitors, url: string): Promise<LoadTimes> {
  const profile = await visitors.settled(cell);
  return profile.inTab(async (tab) => {
    const hasWorker = cell.guard !== 'none';
    if (hasWorker && cell.visit === 'cold') await stopWorkers(tab, visitors.site(cell));
    else if (hasWorker) await startWorker(tab, visitors.site(cell));
    return loadTimes(tab, url, hasWorker);
  });
}
