import { askTimes, CPU_SLOWDOWN, type AskTimes } from '../browser/ask-times';
import { Chromium } from '../browser/chromium';
import { environmentOf, packageVersion } from '../environment';
import type { Part } from '../part';
import { c15t } from '../peers/c15t';
import { klaro } from '../peers/klaro';
import { orejime, orejimeDsfr } from '../peers/orejime';
import { ours } from '../peers/ours';
import type { Peer, PeerSetting } from '../peers/peer';
import { tarteaucitron, tarteaucitronDsfr } from '../peers/tarteaucitron';
import { vanillaCookieConsent } from '../peers/vanilla-cookieconsent';
import type { Column, Table } from '../report/results';
import { inRounds, type Contender, type Samples } from '../rounds';
import { startPeerSite, type PeerSite } from '../site/peer-site';
import { startThirdParties, type ThirdParties } from '../site/third-parties';

const ROUNDS = 9;
const PACKAGES = ['vanilla-cookieconsent', 'klaro', 'tarteaucitronjs', 'orejime', 'c15t', '@gouvfr/dsfr'];
const SERVICES = ['statistics', 'map', 'video'];

interface FirstVisit extends AskTimes {
  /** Until the banner was there, and in all. */
  requestsUntilAsked: number;
  bytesUntilAsked: number;
  requests: number;
  bytes: number;
  /** Requests that reached third parties, though the visitor had decided nothing. */
  declared: number;
  undeclared: number;
}
type Metric = keyof FirstVisit;

const COLUMNS: Record<Metric, Column> = {
  banner: { name: 'banner is there', unit: 'ms' },
  requestsUntilAsked: { name: 'requests until then', unit: 'count' },
  bytesUntilAsked: { name: 'bytes until then', unit: 'bytes' },
  requests: { name: 'requests', unit: 'count' },
  bytes: { name: 'bytes', unit: 'bytes' },
  script: { name: 'script', unit: 'ms' },
  longTasks: { name: 'long tasks', unit: 'ms' },
  blocking: { name: 'blocking', unit: 'ms' },
  shift: { name: 'layout shift', unit: 'score' },
  heap: { name: 'JavaScript heap', unit: 'kB' },
  declared: { name: 'of declared tags', unit: 'count' },
  undeclared: { name: 'of undeclared tags', unit: 'count' },
};

const TIMES: Metric[] = ['banner', 'script', 'longTasks', 'blocking', 'shift', 'heap'];
const TRAFFIC: Metric[] = ['requestsUntilAsked', 'bytesUntilAsked', 'requests', 'bytes', 'declared', 'undeclared'];

const CLOSES_FIRST =
  'before anybody is asked, the page is closed, and what it holds back is found: the others hold nothing back.';

/** By the column: what ours does that takes more. */
const WHY_NOT_FIRST = Object.fromEntries(
  Object.entries({
    banner: CLOSES_FIRST,
    script: CLOSES_FIRST,
    longTasks: CLOSES_FIRST,
    blocking: CLOSES_FIRST,
    heap: 'the policy, what was refused and what waits for consent are kept, and what a choice needs is there before it is made.',
    requestsUntilAsked: 'the banner is a file of its own, which pages that ask nobody do not load.',
    bytesUntilAsked:
      'what closes a page is loaded before what asks ([decision 22](decisions/0022-what-is-closed-goes-before-bytes.md)).',
    requests: 'the worker, and what a choice needs, are fetched once the visitor was asked.',
    bytes: 'the worker, and what a choice needs, are fetched once the visitor was asked.',
  } satisfies Partial<Record<Metric, string>>).map(([metric, why]) => [COLUMNS[metric as Metric].name, why]),
);

export const peers: Part = {
  id: 'peers',
  async measure({ rounds = ROUNDS }) {
    const declared = await startThirdParties(SERVICES.length);
    const undeclared = await startThirdParties(1, 0, 'forgotten');
    const { origins } = declared;
    const setting = {
      declared: SERVICES.map((service, i) => ({ service, url: `${origins[i]}/${service}.js` })),
      origins,
    };
    const asking = await peersOf(setting);
    const sites = await Promise.all(asking.map((peer) => startPeerSite(peer, setting, undeclared.origins[0]!)));
    const chromium = await Chromium.start(sites.map(({ origin }) => origin));
    try {
      const contenders = asking.map((peer, i): Contender<Metric> => ({
        name: peer.name,
        measure: () => firstVisit(chromium, { peer, site: sites[i]!, declared, undeclared }),
      }));
      const measured = await inRounds(contenders, rounds);
      const samples = new Map(contenders.map((contender) => [contender.name, measured.get(contender)!]));
      // Those in a design system are on a page of their own.
      const rivals = asking.map(({ name }) => name).filter((name) => !name.includes('DSFR'));
      const notFirst = { rivals, why: WHY_NOT_FIRST };
      return {
        title: 'Beside other consent managers',
        method: METHOD,
        environment: environmentOf([chromium.version, ...PACKAGES.map(packageVersion)], `${rounds} rounds`),
        tables: [
          tableOf('A first visit: time', TIMES, samples, {
            file: 'peers-banner.svg',
            columns: ['banner is there', 'blocking'],
          }),
          tableOf('A first visit: what is loaded, and requests that left before consent', TRAFFIC, samples, {
            file: 'peers-traffic.svg',
            columns: ['bytes until then', 'of undeclared tags'],
          }),
        ].map((table) => ({ ...table, notFirst })),
      };
    } finally {
      await chromium.close();
      await Promise.all([...sites, declared, undeclared].map((server) => server.close()));
    }
  },
};

const METHOD = [
  `The same page and third parties, each set up as its documentation says, on a first visit with nothing cached, on loopback, with the
processor ${CPU_SLOWDOWN} times slower. The page has ${SERVICES.length} scripts that are declared, each written as it has to be to wait for consent, and five
things of a third party that nobody has declared: a script, an image, a frame, a request and a beacon. Those in the
[design system of the French State](https://www.systeme-de-design.gouv.fr/) are on a page that loads it, which is not counted; tarteaucitron is there with its own
styles, since those that the State once published for it have no licence. c15t is the core package with the banner of its documentation, without a backend.`,
  `*Banner is there* is the first frame in which it is seen. *Script* and *long tasks* are until the page was idle; *blocking* is what long
tasks took beyond 50 ms each; *bytes* are those of the site itself, the page included, each compressed with brotli. What left before consent is
counted at the third parties' servers.`,
];

async function peersOf(setting: PeerSetting): Promise<Peer[]> {
  return [
    await ours(setting, 'own'),
    vanillaCookieConsent(setting),
    orejime(setting),
    await c15t(setting),
    tarteaucitron(setting),
    klaro(setting),
    await ours(setting, 'dsfr'),
    orejimeDsfr(setting),
    tarteaucitronDsfr(setting),
  ];
}

interface Visited {
  peer: Peer;
  site: PeerSite;
  declared: ThirdParties;
  undeclared: ThirdParties;
}

async function firstVisit(chromium: Chromium, { peer, site, declared, undeclared }: Visited): Promise<FirstVisit> {
  const profile = await chromium.newProfile();
  for (const { taken } of [declared, undeclared]) taken();
  site.countAfresh();
  let untilAsked = site.count();
  try {
    const times = await profile.inTab((tab) =>
      askTimes(tab, `${site.origin}/`, peer.banner, () => (untilAsked = site.count())),
    );
    return {
      ...times,
      ...site.count(),
      requestsUntilAsked: untilAsked.requests,
      bytesUntilAsked: untilAsked.bytes,
      declared: declared.taken().length,
      undeclared: undeclared.taken().length,
    };
  } finally {
    await profile.dispose();
  }
}

function tableOf(
  title: string,
  metrics: Metric[],
  samples: Map<string, Samples<Metric>>,
  chart: Table['chart'],
): Table {
  return {
    title,
    columns: metrics.map((metric) => COLUMNS[metric]),
    rows: [...samples].map(([name, values]) => ({ name, cells: metrics.map((metric) => values[metric]) })),
    baseline: 'ours',
    chart,
  };
}
