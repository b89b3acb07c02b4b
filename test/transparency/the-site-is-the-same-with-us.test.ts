import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Page } from 'puppeteer';
import type { Engine } from '../browsers';
import { forEachEngine, type Setting } from '../browser/harness';
import { differences, type Difference } from './differences';
import { isKnown, KNOWN } from './known-differences';
import { observe, routes } from './observe';
import { startElsewhere, startNecessary } from './others';
import { startRawSite } from './raw-site';
import { openTab, type Visit } from './visit';

type State =
  | 'on the first page of a visit'
  | 'when everything is refused'
  | 'when everything is granted'
  | 'when consent was withdrawn';

/** Each state with the engine that `npm test` has it in; `npm run test:transparency` has all in both. */
const STATES: Record<State, Engine> = {
  'on the first page of a visit': 'chromium',
  'when everything is refused': 'firefox',
  'when everything is granted': 'firefox',
  'when consent was withdrawn': 'chromium',
};
const hasAll = process.env['STATES'] === 'all';

describe('The site is the same with us as without us, but for what the limits say', () => {
  it('and they say it', async () => {
    const said = (await readFile(new URL('../../docs/limits.md', import.meta.url), 'utf8')).replace(/\s+/g, ' ');
    assert.deepEqual(
      KNOWN.map(({ sentence }) => sentence).filter((sentence) => !said.includes(sentence)),
      [],
    );
  });

  forEachEngine((setting) => {
    const closing: (() => Promise<void>)[] = [];
    let withoutUs: Record<string, unknown> | undefined;

    afterEach(async () => {
      for (const close of closing.splice(0)) await close();
    });

    for (const [state, engine] of Object.entries(STATES) as [State, Engine][]) {
      if (!hasAll && engine !== setting.engine) continue;
      it(state, async () => {
        withoutUs ??= await observe(await start(setting, closing));
        const visit = await start(setting, closing, state);
        await decide(visit, state);
        const found = differences(withoutUs, await observe(visit)).filter(
          (difference) => !isKnown(difference, setting.engine),
        );
        if (found.length > 0)
          assert.fail(`Not the same: ${found.map(({ where }) => where).join(', ')}\n${found.map(inWords).join('\n')}`);
      });
    }
  });
});

function inWords({ where, without, with: withUs }: Difference): string {
  return `${where}: without us ${without}, with us ${withUs}`;
}

async function start({ engine, newcomer }: Setting, closing: (() => Promise<void>)[], state?: State): Promise<Visit> {
  const [necessary, elsewhere] = await Promise.all([startNecessary(), startElsewhere()]);
  const policy = {
    revision: '1',
    services: [
      { id: 'necessary', provider: 'Necessary', purpose: 'necessary', origins: [necessary.origin] },
      { id: 'refusable', provider: 'Refusable', purpose: 'third-party', origins: ['https://refusable.example'] },
    ],
  };
  const site = await startRawSite(routes, {
    policy: state && policy,
    holdsWorker: state === 'on the first page of a visit',
  });
  closing.push(site.close, necessary.close, elsewhere.close);
  return { engine, site, necessary, elsewhere, said: [], ...(await newcomer()) };
}

/** Brings the visitor into a state, and forgets what was seen on the way. */
async function decide(visit: Visit, state: State): Promise<void> {
  if (state === 'on the first page of a visit') return;
  const { site, said } = visit;
  const page = await openTab(visit);
  const isGuarded = () => page.evaluate(() => window.gatekeeper.register().then(() => true));
  await page.goto(`${site.origin}/arrived`);
  await isGuarded();
  await page.goto(`${site.origin}/arrived`);
  await isGuarded();
  if (state === 'when everything is refused') await page.evaluate(() => window.gatekeeper.refuseAll());
  else await reloadedBy(page, () => window.gatekeeper.acceptAll());
  await isGuarded();
  if (state === 'when consent was withdrawn') await page.evaluate(() => window.gatekeeper.withdraw());
  await page.close();
  site.seen.length = 0;
  said.length = 0;
}

async function reloadedBy(page: Page, act: () => Promise<unknown>): Promise<void> {
  // The answer may be lost with the old document.
  await Promise.all([page.waitForNavigation(), page.evaluate(act).catch(() => {})]);
}
