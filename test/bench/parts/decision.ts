import { FiltersEngine, Request } from '@ghostery/adblocker';
import type { Consent } from '../../../src/consent/record';
import { corpus, declaredHosts } from '../corpus';
import { environmentOf, packageVersion } from '../environment';
import type { Part } from '../part';
import { inRounds } from '../rounds';

const SIZES = [10, 100, 1_000, 10_000];
const URLS = 5_000;
const ROUNDS = 25;
const SITE = 'https://data.example.fr/explore/';

/** Decides about an address; what it makes of it, so that nothing is left out as needless. */
type Decide = (url: string) => boolean;

export const decision: Part = {
  id: 'decision',
  async measure({ rounds = ROUNDS }) {
    const urls = SIZES.map((size) => corpus(URLS, declaredHosts(size)));
    const rows: { name: string; decides: Decide[] }[] = [
      { name: URL_PARSING, decides: SIZES.map(() => (url) => new URL(url).hostname === '') },
      { name: 'ours', decides: await Promise.all(SIZES.map(ours)) },
      { name: '@ghostery/adblocker', decides: SIZES.map(adblocker) },
    ];
    const contenders = rows.flatMap(({ name, decides }) =>
      decides.map((decide, i) => ({
        name: `${name}, ${SIZES[i]}`,
        measure: async () => ({ decision: nanosecondsOf(decide, urls[i]!) }),
      })),
    );
    // The first rounds are the compiler's.
    await inRounds(contenders, 5);
    const measured = await inRounds(contenders, rounds);
    const cells = contenders.map((contender) => measured.get(contender)!.decision);
    return {
      title: 'A decision',
      method: METHOD,
      environment: environmentOf([packageVersion('@ghostery/adblocker')], `${rounds} rounds of ${URLS} addresses`),
      tables: [
        {
          title: 'One decision, by number of services',
          columns: SIZES.map((size) => ({ name: size.toLocaleString('en'), unit: 'ns' })),
          rows: rows.map(({ name }, i) => ({ name, cells: cells.slice(i * SIZES.length, (i + 1) * SIZES.length) })),
          baseline: URL_PARSING,
          chart: { file: 'decision.svg' },
        },
      ],
    };
  },
};

const URL_PARSING = 'new URL';

const METHOD = [
  `What the worker does to decide about one address, \`decideRequest\`, in Node, beside parsing the address alone and beside
[@ghostery/adblocker](https://www.npmjs.com/package/@ghostery/adblocker) with a filter (\`||example.com^\`) for each service. The
addresses are of the third parties in [third-party-web](https://www.npmjs.com/package/third-party-web), the more often the more
frequent they are, four in five of them declared; every second service is granted. A number is the mean of a round.`,
];

/** The built modules: what runs the sources here gives each function a name whenever it is made, which takes longer than they do. */
async function ours(size: number): Promise<Decide> {
  const { compilePolicy } = (await import(
    built('compiled-policy/compiled-policy')
  )) as typeof import('../../../src/compiled-policy/compiled-policy');
  const { indexPolicy } = (await import(
    built('requests/index-policy')
  )) as typeof import('../../../src/requests/index-policy');
  const { decideRequest } = (await import(
    built('requests/decide-request')
  )) as typeof import('../../../src/requests/decide-request');
  const services = declaredHosts(size).map((host, i) => ({
    id: `service-${i}`,
    provider: host,
    purpose: 'third-party',
    origins: [`https://${host}`, `https://*.${host}`],
  }));
  const policy = indexPolicy(compilePolicy({ revision: '1', services }));
  const now = Date.now();
  const consent: Consent = {
    restored: true,
    now,
    globalPrivacyControl: false,
    record: {
      id: crypto.randomUUID(),
      revision: '1',
      decidedAt: now,
      expiresAt: now + 1e9,
      action: 'choose',
      choices: Object.fromEntries(services.map(({ id }, i) => [id, i % 2 === 0])),
    },
  };
  return (url) => decideRequest({ url, site: SITE }, consent, policy).action === 'refuse';
}

function built(module: string): string {
  return new URL(`../../../dist/src/${module}.js`, import.meta.url).href;
}

function adblocker(size: number): Decide {
  const engine = FiltersEngine.parse(
    declaredHosts(size)
      .map((host) => `||${host}^`)
      .join('\n'),
  );
  return (url) => engine.match(Request.fromRawDetails({ url, type: 'script', sourceUrl: SITE })).match;
}

/** Processor time, so that what other processes do meanwhile is left out; the collector's is in it. @returns for one address, the mean */
function nanosecondsOf(decide: Decide, urls: string[]): number {
  let refused = 0;
  const before = process.cpuUsage();
  for (const url of urls) if (decide(url)) refused++;
  const { user, system } = process.cpuUsage(before);
  if (refused > urls.length) throw new Error('More was refused than was asked.');
  return ((user + system) * 1000) / urls.length;
}
