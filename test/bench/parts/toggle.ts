import type { Tab } from '../browser/tab';
import { environmentOf } from '../environment';
import type { Part } from '../part';
import type { Row } from '../report/results';
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
      const rows: Row[] = [];
      // One after the other: fifty tabs beside it are not what one tab is measured with.
      for (const [i, variant] of variants.entries()) {
        const tab = await tabAmong(TABS[i]!, variant);
        const contender = { name: variant.name, measure: () => toggledTwice(tab, url) };
        const measured = await inRounds([contender], rounds);
        const { allow, refuse, allTabs } = measured.get(contender)!;
        rows.push({ name: `ours, ${variant.name}`, cells: [allow, refuse, allTabs] });
      }
      return {
        title: 'A choice',
        method: [
          'The time from the call of `set()` until the first request is decided as the visitor now wants it: the choice is stored, and the worker has heard of it; and until `set()` resolves after a refusal: until every open tab of the site has said that it is closed.',
        ],
        environment: environmentOf([chromium.version], `${rounds} rounds`),
        tables: [
          {
            title: 'From a choice to the first decision under it, with that many tabs of the site open',
            columns: [
              { name: 'allowing', unit: 'ms' },
              { name: 'refusing', unit: 'ms' },
              { name: 'refusing, in every tab', unit: 'ms' },
            ],
            rows,
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

/** Allows, and refuses again. */
async function toggledTwice(tab: Tab, url: string) {
  const allow = await tab.evaluate(toggled, url, true);
  const refuse = await tab.evaluate(toggled, url, false);
  return { allow: allow.decided, refuse: refuse.decided, allTabs: refuse.resolved };
}

/** Runs in the page: when the first request was decided as it should be from then on, and when `set()` had resolved. */
async function toggled(url: string, allowed: boolean): Promise<{ decided: number; resolved: number }> {
  // What the last choice has led to, such as a sweep, has ended.
  await new Promise((resolve) => setTimeout(resolve, 150));
  const isSent = () =>
    fetch(url, { mode: 'no-cors', cache: 'no-store' }).then(
      () => true,
      () => false,
    );
  const started = performance.now();
  const set = window.gatekeeper.set({ 'third-1': allowed }).then(() => performance.now() - started);
  while ((await isSent()) !== allowed) continue;
  const decided = performance.now() - started;
  const resolved = await set;
  if ((await isSent()) !== allowed) throw new Error('The request was decided wrongly.');
  return { decided, resolved };
}
