import { startWorker } from '../browser/site-worker';
import { environmentOf } from '../environment';
import type { Part } from '../part';
import { inRounds } from '../rounds';
import { withVariants, type Variant } from './variants';

const REQUESTS = 1_000;
const ROUNDS = 9;
const EMPTY = 'empty listener';

const VARIANTS: Variant[] = [
  { name: 'no worker', guard: 'none' },
  { name: EMPTY, guard: 'empty' },
  { name: 'naive gate', guard: 'naive' },
  { name: 'ours, granted', guard: 'ours', state: 'granted' },
  { name: 'ours, refused', guard: 'ours', state: 'refused' },
  { name: 'ours, off, refused', guard: 'ours', wall: 'off', state: 'refused' },
];

export const burst: Part = {
  id: 'burst',
  measure: ({ rounds = ROUNDS }) =>
    withVariants(VARIANTS, async ({ variants, thirdParties, chromium }) => {
      const contenders = variants.map(({ name, site, profile }) => ({
        name,
        measure: () =>
          profile.inTab(async (tab) => {
            if (name !== 'no worker') await startWorker(tab, site);
            await tab.open(`${site}/page/0`);
            return { all: await tab.evaluate(burstOf, thirdParties.origins, REQUESTS) };
          }),
      }));
      const measured = await inRounds(contenders, rounds);
      return {
        title: 'A burst',
        method: [
          `A page asks for ${REQUESTS.toLocaleString('en')} things of five third parties at once, with \`fetch\`; the time until all are answered, or
refused. Where they are refused, the document's Content-Security-Policy does it; under \`"wall": "off"\`, the worker.`,
        ],
        environment: environmentOf([chromium.version], `${rounds} rounds`),
        tables: [
          {
            title: `${REQUESTS.toLocaleString('en')} requests at once`,
            columns: [{ name: 'all answered', unit: 'ms' }],
            rows: contenders.map((contender) => ({ name: contender.name, cells: [measured.get(contender)!.all] })),
            baseline: EMPTY,
          },
        ],
      };
    }),
};

/** Runs in the page. */
async function burstOf(origins: string[], requests: number): Promise<number> {
  const started = performance.now();
  await Promise.allSettled(
    Array.from({ length: requests }, (_, i) =>
      fetch(`${origins[i % origins.length]}/burst?${i}`, { mode: 'no-cors', cache: 'no-store' }),
    ),
  );
  return performance.now() - started;
}
