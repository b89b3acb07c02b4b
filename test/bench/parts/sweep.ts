import { environmentOf } from '../environment';
import type { Part } from '../part';
import type { PolicyInput } from '../../../src/policy/index';
import { inRounds } from '../rounds';
import { withVariants, type Variant } from './variants';

const SERVICES = 20;
const ROUNDS = 11;
const NONE = 'no names';

/** A policy of services that each leave a cookie and two entries of storage; or nothing. */
const policyOf = (named: boolean): Partial<PolicyInput> => ({
  services: Array.from({ length: SERVICES }, (_, i) => ({
    id: `third-${i + 1}`,
    provider: `Third ${i + 1}`,
    purpose: 'third-party',
    origins: [`https://third-${i + 1}.example`],
    cookies: named ? [{ name: `cookie_${i}.*` }] : [],
    storage: named ? [`entry_${i}.*`, `database_${i}`] : [],
  })),
});

const VARIANTS: Variant[] = [
  { name: NONE, guard: 'ours', state: 'refused', policy: policyOf(false) },
  { name: '60 names', guard: 'ours', state: 'refused', policy: policyOf(true) },
];

export const sweep: Part = {
  id: 'sweep',
  measure: ({ rounds = ROUNDS }) =>
    withVariants(VARIANTS, async ({ variants, chromium }) => {
      const contenders = variants.map(({ name, site, profile }) => ({
        name,
        measure: () =>
          profile.inTab(async (tab) => {
            await tab.session.send('Performance.enable', { timeDomain: 'threadTicks' });
            await tab.open(`${site}/page/0`);
            // The first one loads what sweeps.
            await tab.evaluate(swept);
            const before = await tab.mainThread();
            const all = await tab.evaluate(swept);
            return { all, mainThread: (await tab.mainThread()).tasks - before.tasks };
          }),
      }));
      const measured = await inRounds(contenders, rounds);
      return {
        title: 'A sweep',
        method: [
          `What refused services may have left is looked for: ${SERVICES} services, each with the name of a cookie and two of storage, which are looked for as entries of
local and session storage, databases and caches. Nothing is there.`,
        ],
        environment: environmentOf([chromium.version], `${rounds} rounds`),
        tables: [
          {
            title: 'One sweep',
            columns: [
              { name: 'until it is done', unit: 'ms' },
              { name: 'main thread', unit: 'ms' },
            ],
            rows: contenders.map((contender) => {
              const { all, mainThread } = measured.get(contender)!;
              return { name: `ours, ${contender.name}`, cells: [all, mainThread] };
            }),
            baseline: `ours, ${NONE}`,
          },
        ],
      };
    }),
};

/** Runs in the page. */
async function swept(): Promise<number> {
  const started = performance.now();
  await window.gatekeeper.sweep();
  return performance.now() - started;
}
