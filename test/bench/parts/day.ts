import { attachToWorker, heapOf } from '../browser/heap';
import { startWorker } from '../browser/site-worker';
import { environmentOf } from '../environment';
import type { Part } from '../part';
import type { Row } from '../report/results';
import { withVariants, type Variant } from './variants';

const STEPS = 10;
const REQUESTS_A_STEP = 1_000;
const REFUSALS_A_STEP = 100;
const PAGES_A_STEP = 20;

/** The worker refuses, and the page hears of it: of both, there is the most to remember. */
const VARIANTS: Variant[] = [{ name: 'ours', guard: 'ours', wall: 'off', state: 'mixed' }];

export const day: Part = {
  id: 'day',
  measure: () =>
    withVariants(VARIANTS, async ({ variants, thirdParties, chromium }) => {
      const { site, profile } = variants[0]!;
      const [granted, , , refused] = thirdParties.origins;
      const rows: Row[] = [];
      const note = (name: string, worker: number, page?: number) =>
        rows.push({ name, cells: [[worker], page === undefined ? null : [page]] });
      await profile.inTab(async (tab) => {
        await startWorker(tab, site);
        await tab.open(`${site}/page/0`);
        const worker = await attachToWorker(tab);
        note('ours, at first', await heapOf(worker), await heapOf(tab.session));
        for (let step = 1; step <= STEPS; step++) {
          await tab.evaluate(ask, granted!, REQUESTS_A_STEP, true);
          await tab.evaluate(ask, refused!, REFUSALS_A_STEP, false);
          note(
            `after ${step * REQUESTS_A_STEP} requests, ${step * REFUSALS_A_STEP} refusals`,
            await heapOf(worker),
            await heapOf(tab.session),
          );
        }
        for (let step = 1; step <= STEPS; step++) {
          for (let page = 0; page < PAGES_A_STEP; page++) await profile.inTab((other) => other.open(`${site}/page/10`));
          note(`and ${step * PAGES_A_STEP} more pages in other tabs`, await heapOf(worker));
        }
      });
      return {
        title: "A day's visit",
        method: [
          `One page stays open, and asks for ${STEPS * REQUESTS_A_STEP} things of third parties that are granted and ${STEPS * REFUSALS_A_STEP} that the worker refuses (\`"wall": "off"\`); then ${STEPS * PAGES_A_STEP} more
pages are opened, each of ten own and ten third-party requests. The heaps, with nothing left that could be collected.`,
        ],
        environment: environmentOf([chromium.version], 'once'),
        tables: [
          {
            title: 'Memory of the worker and of the page',
            columns: [
              { name: "worker's heap", unit: 'kB' },
              { name: "page's heap", unit: 'kB' },
            ],
            rows,
          },
        ],
      };
    }),
};

/** Runs in the page: asks for some things at a time, as pages do. */
async function ask(origin: string, count: number, isGranted: boolean): Promise<void> {
  const together = 50;
  for (let asked = 0; asked < count; asked += together) {
    const answers = await Promise.allSettled(
      Array.from({ length: together }, (_, i) =>
        fetch(`${origin}/asked?${asked + i}`, { mode: 'no-cors', cache: 'no-store' }),
      ),
    );
    if (answers.some(({ status }) => (status === 'fulfilled') !== isGranted))
      throw new Error(`${origin} was decided wrongly.`);
  }
}
