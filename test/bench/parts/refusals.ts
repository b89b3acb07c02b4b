import { startWorker } from '../browser/site-worker';
import { environmentOf } from '../environment';
import type { Part } from '../part';
import { inRounds } from '../rounds';
import { withVariants, type Variant } from './variants';

const REFUSALS = 6_000;
const ROUNDS = 7;
const ALONE = 'Content-Security-Policy alone';

const VARIANTS: Variant[] = [
  { name: ALONE, guard: 'none', isLocked: true },
  { name: 'ours, refused', guard: 'ours', state: 'refused' },
];

export const refusals: Part = {
  id: 'refusals',
  measure: ({ rounds = ROUNDS }) =>
    withVariants(VARIANTS, async ({ variants, thirdParties, chromium }) => {
      const contenders = variants.map(({ name, site, profile }) => ({
        name,
        measure: () =>
          profile.inTab(async (tab) => {
            if (name !== ALONE) await startWorker(tab, site);
            await tab.session.send('Performance.enable', { timeDomain: 'threadTicks' });
            await tab.open(`${site}/page/0`);
            const before = await tab.mainThread();
            const all = await tab.evaluate(refusalsOf, thirdParties.origins, REFUSALS);
            return { all, mainThread: (await tab.mainThread()).tasks - before.tasks };
          }),
      }));
      const measured = await inRounds(contenders, rounds);
      return {
        title: 'Many refusals',
        method: [
          `A page puts ${REFUSALS.toLocaleString('en')} images of third parties into itself that are refused; the time until each has failed and the page is idle, beside the same page
with the same Content-Security-Policy and nothing else.`,
        ],
        environment: environmentOf([chromium.version], `${rounds} rounds`),
        tables: [
          {
            title: `${REFUSALS.toLocaleString('en')} refusals`,
            columns: [
              { name: 'all refused', unit: 'ms' },
              { name: 'main thread', unit: 'ms' },
            ],
            rows: contenders.map((contender) => {
              const { all, mainThread } = measured.get(contender)!;
              return { name: contender.name, cells: [all, mainThread] };
            }),
            baseline: ALONE,
          },
        ],
      };
    }),
};

/** Runs in the page. */
async function refusalsOf(origins: string[], count: number): Promise<number> {
  const started = performance.now();
  const images = document.createDocumentFragment();
  const failed = Array.from(
    { length: count },
    (_, i) =>
      new Promise<void>((resolve, reject) => {
        const image = document.createElement('img');
        image.onerror = () => resolve();
        image.onload = () => reject(new Error(`${image.src} was loaded.`));
        image.src = `${origins[i % origins.length]}/refused.gif?${i}`;
        images.append(image);
      }),
  );
  document.body.append(images);
  await Promise.all(failed);
  await new Promise((resolve) => requestIdleCallback(resolve));
  return performance.now() - started;
}
