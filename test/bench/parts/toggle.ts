import type { Tab } from '../browser/tab';
import { environmentOf } from '../environment';
import type { Part } from '../part';
import { inRounds } from '../rounds';
import { withVariants, type SettledVariant, type Variant } from './variants';

const TABS = [1, 50];
const ROUNDS = 15;

/** A wall under which a grant needs no reload: what is measured is the decision. */
const VARIANTS = TABS.map((tabs): Variant => ({
  name: tabs === 1 ? '1 tab' : `${tabs} tabs`,
  guard: 'ours',
  wall: 'live',
  state: 'refused',
}));

export const toggle: Part = {
  id: 'toggle',
  measure: ({ rounds = ROUNDS }) =>
    withVariants(VARIANTS, async ({ variants, thirdParties, chromium }) => {
      const url = `${thirdParties.origins[0]}/toggled.gif`;
      const contenders = await Promise.all(
        variants.map(async (variant, i) => {
          const tab = await tabAmong(TABS[i]!, variant);
          return {
            name: variant.name,
            measure: async () => ({
              allow: await tab.evaluate(decidedAfter, url, true),
              refuse: await tab.evaluate(decidedAfter, url, false),
            }),
          };
        }),
      );
      const measured = await inRounds(contenders, rounds);
      return {
        title: 'A choice',
        method: [
          'The time from the call of `set()` until the first request after it has been decided as the visitor now wants it: the choice is stored, every open tab of the site has closed to what is refused, the worker has acknowledged it, and decided.',
        ],
        environment: environmentOf([chromium.version], `${rounds} rounds`),
        tables: [
          {
            title: 'From a choice to the first decision under it, with that many tabs of the site open',
            columns: [
              { name: 'allowing', unit: 'ms' },
              { name: 'refusing', unit: 'ms' },
            ],
            rows: contenders.map((contender) => {
              const { allow, refuse } = measured.get(contender)!;
              return { name: `ours, ${contender.name}`, cells: [allow, refuse] };
            }),
            chart: { file: 'toggle.svg' },
          },
        ],
      };
    }),
};

/** @returns the last of that many tabs of the site, which is in front */
async function tabAmong(tabs: number, { profile, site }: SettledVariant): Promise<Tab> {
  for (let opened = 1; ; opened++) {
    const tab = await profile.openTab();
    await tab.open(`${site}/page/0`);
    if (opened === tabs) return tab;
  }
}

/** Runs in the page. */
async function decidedAfter(url: string, allowed: boolean): Promise<number> {
  // What the last choice has led to, such as a sweep, has ended.
  await new Promise((resolve) => setTimeout(resolve, 150));
  const started = performance.now();
  await window.gatekeeper.set({ 'third-1': allowed });
  const isSent = await fetch(url, { mode: 'no-cors', cache: 'no-store' }).then(
    () => true,
    () => false,
  );
  if (isSent !== allowed) throw new Error('The request was decided wrongly.');
  return performance.now() - started;
}
