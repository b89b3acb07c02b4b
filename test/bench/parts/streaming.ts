import { loadTimes } from '../browser/load-times';
import { startWorker } from '../browser/site-worker';
import { environmentOf } from '../environment';
import type { Part } from '../part';
import { inRounds } from '../rounds';
import { withVariants, type Variant } from './variants';

const ROUNDS = 9;
const EMPTY = 'empty listener';

const VARIANTS: Variant[] = [
  { name: 'no worker', guard: 'none' },
  { name: EMPTY, guard: 'empty' },
  { name: 'naive gate', guard: 'naive' },
  { name: 'ours, granted', guard: 'ours', state: 'granted' },
  { name: 'ours, refused', guard: 'ours', state: 'refused' },
];

export const streaming: Part = {
  id: 'streaming',
  measure: ({ rounds = ROUNDS }) =>
    withVariants(VARIANTS, async ({ variants, chromium }) => {
      const contenders = variants.map(({ name, site, profile }) => ({
        name,
        measure: () =>
          profile.inTab(async (tab) => {
            const hasWorker = name !== 'no worker';
            if (hasWorker) await startWorker(tab, site);
            const { firstByte, firstPaint, load } = await loadTimes(tab, `${site}/slow`, hasWorker);
            return { firstByte, firstPaint, load };
          }),
      }));
      const measured = await inRounds(contenders, rounds);
      return {
        title: 'A page that comes slowly',
        method: [
          'The server sends the head at once, and then a part of the page every 50 ms, ten of them. What comes first is there first, where the worker passes it on as it comes.',
        ],
        environment: environmentOf([chromium.version], `${rounds} rounds`),
        tables: [
          {
            title: 'A document in pieces',
            columns: ['first byte', 'first paint', 'load'].map((name) => ({ name, unit: 'ms' })),
            rows: contenders.map((contender) => {
              const { firstByte, firstPaint, load } = measured.get(contender)!;
              return { name: contender.name, cells: [firstByte, firstPaint, load] };
            }),
            baseline: EMPTY,
          },
        ],
      };
    }),
};
