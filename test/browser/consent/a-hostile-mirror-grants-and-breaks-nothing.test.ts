import assert from 'node:assert/strict';
import { forEachEngine, PLAIN, type StartVisit } from '../harness';
import type { Tab } from '../tab';
import { assertNothingReached, until } from '../third-party-hits';

const NAME = 'cookies_preferences';
const DOMAIN = 'portal.localhost';
/** Names below localhost are this machine, and secure enough for workers. */
const RESOLVED = {
  args: ['--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1 , EXCLUDE *.localhost'],
};

const HOUR = 3600_000;
/** The page with all of the portal's third parties. */
const DATASET = '/dataset/aide-humanitaire-d-urgence';

const encoded = (value: unknown) => encodeURIComponent(JSON.stringify(value));
const yes = (changes: object = {}) =>
  encoded({ youtube: true, posthog: true, partner: true, timestamp: Date.now() - HOUR, ...changes });
const everything = '"youtube":true,"posthog":true,"partner":true,"eulerian":true';

/** Nobody's choice, whoever may write the mirror. Browsers keep values of up to about 4,000 bytes. */
const HOSTILE: Record<string, () => string> = {
  nothing: () => '',
  'a word': () => 'true',
  'bytes that are not UTF-8': () => `%7B${encodeURIComponent(everything)}%FF%7D`,
  'a broken escape': () => `${yes()}%ZZ`,
  'cut inside an escape': () => yes().slice(0, -1),
  'cut in the middle': () => yes().slice(0, 60),
  null: () => encoded(null),
  'a list': () => encoded([{ youtube: true, timestamp: Date.now() }]),
  'a text': () => encoded(JSON.stringify({ youtube: true, timestamp: Date.now() })),
  'twice encoded': () => encodeURIComponent(yes()),
  markup: () => encodeURIComponent('"}</script><script>window.hacked=1</script>'),
  'as large as can be': () => encoded({ junk: 'x'.repeat(3900) }),
  'as deep as can be': () => '['.repeat(3900),
  'a prototype': () =>
    encodeURIComponent(
      `{"__proto__":{${everything}},"constructor":{"prototype":{${everything}}},"timestamp":${Date.now()}}`,
    ),
  'yes in words': () => yes({ youtube: 'true', posthog: 'yes', partner: 1 }),
  'yes in objects': () => yes({ youtube: { toString: 1 }, posthog: [true], partner: {} }),
  'one choice that is none': () => yes({ youtube: 'yes' }),
  'without a time': () => yes({ timestamp: undefined }),
  'a time in words': () => yes({ timestamp: String(Date.now()) }),
  'a time that is too large for numbers': () => encodeURIComponent(`{${everything},"timestamp":1e999}`),
  'a time before all times': () => yes({ timestamp: -1 }),
  'a time in the future': () => yes({ timestamp: Date.now() + 48 * HOUR }),
  'a time long ago': () => yes({ timestamp: Date.now() - 400 * 24 * HOUR }),
  'expired by its own words': () => yes({ expires: Date.now() - 1000 }),
};

describe('A hostile mirror grants nothing and breaks nothing', () => {
  forEachEngine(({ start }) => {
    for (const adopt of [false, true]) {
      const consent = { cookie: { adopt } };

      it(`one that is garbage, cut off, oversized or made up${adopt ? ', also where mirrors are taken over' : ''}`, async () => {
        const site = await visited(start, 'localhost', consent);
        const { example, tab } = site;
        // Nothing is believed where none is taken over: a few show it.
        for (const what of Object.keys(HOSTILE).filter((_, index) => adopt || index % 4 === 0)) {
          await site.openGiven(`${NAME}=${HOSTILE[what]!()}; Path=/`);
          await grantsNothing(tab, what);
        }
        await site.open(DATASET);
        await works(tab);
        await tab.quiet();
        assertNothingReached(example, 'youtube', 'posthog', 'partner', 'eulerian', 'sharing');
        assert.equal(await tab.page.evaluate(() => 'hacked' in window), false);
        await tab.set({ 'recently-viewed': true });
        assert.equal(await tab.allows('recently-viewed'), true, 'the visitor can decide all the same');
        await site.givenBy(`${NAME}=${yes({ timestamp: Date.now() })}; Path=/`);
        if (adopt) {
          await site.goto(PLAIN);
          await tab.page.waitForFunction(() => window.gatekeeper.allows('youtube'));
        } else {
          await site.open(PLAIN);
          assert.equal(await tab.allows('youtube'), false, 'one that could be believed, where none is taken over');
        }
        assert.deepEqual(tab.errors, []);
      });

      it(`two of them, though each alone could be believed${adopt ? ', also where mirrors are taken over' : ''}`, async () => {
        const site = await visited(start, `one.${DOMAIN}`, consent);
        const { example, tab } = site;
        const pairs = {
          'of the host and of its domain': [`${NAME}=${yes()}; Path=/`, `${NAME}=${yes()}; Path=/; Domain=${DOMAIN}`],
          'of two paths': [`${NAME}=${yes()}; Path=/`, `${NAME}=${yes()}; Path=/dataset`],
        };
        for (const [what, pair] of Object.entries(pairs)) {
          await site.givenBy(...pair);
          await site.open(DATASET);
          assert.equal(
            (await tab.page.evaluate(() => document.cookie)).split(`${NAME}=`).length,
            3,
            `${what}: both are there`,
          );
          await grantsNothing(tab, what);
          await works(tab);
          await site.givenBy(...pair.map((cookie) => `${cookie}; Max-Age=0`));
        }
        await tab.quiet();
        assertNothingReached(example, 'youtube', 'posthog', 'partner', 'eulerian', 'sharing');
        assert.deepEqual(tab.errors, []);
      });
    }

    it('where the hosts of a domain share it: not two of them, and not over what the visitor has refused', async () => {
      const site = await visited(start, `one.${DOMAIN}`, { cookie: { domain: DOMAIN } });
      const { example, tab } = site;
      await site.givenBy(`${NAME}=${yes()}; Path=/`, `${NAME}=${yes()}; Path=/; Domain=${DOMAIN}`);
      await site.open(DATASET);
      await grantsNothing(tab, 'two of them');

      await tab.refuseAll();
      for (const value of [yes(), yes({ timestamp: Date.now() + 48 * HOUR }), '%7B%22youtube']) {
        await site.givenBy(`${NAME}=${value}; Path=/; Domain=${DOMAIN}`, `${NAME}=${value}; Path=/`);
        await site.open(DATASET);
        await grantsNothing(tab, 'after a refusal');
      }
      await tab.quiet();
      assertNothingReached(example, 'youtube', 'posthog', 'partner', 'eulerian', 'sharing');
      assert.deepEqual(tab.errors, []);
    });
  }, RESOLVED);
});

/** A visitor on one of the site's hosts, where somebody else's code may set cookies. */
async function visited(start: StartVisit, host: string, consent: object) {
  const { example, tab } = await start({ policy: { consent } });
  const origin = example.origin.replace('localhost', host);
  const goto = (path: string) => tab.goto(origin + path);
  const open = async (path: string) => {
    await goto(path);
    assert.equal(await tab.registered(), 'guarded');
  };
  /** By the page itself. */
  const openGiven = async (cookie: string) => {
    example.page('/given', { headers: { 'Set-Cookie': cookie } });
    await open('/given');
  };
  /** By a response without a page of ours, so that the cookies come all at once. */
  const givenBy = async (...cookies: string[]) => {
    example.route(
      '/gift',
      () => new Response('Cookies!', { headers: cookies.map((cookie): [string, string] => ['Set-Cookie', cookie]) }),
    );
    await goto('/gift');
  };
  await open(PLAIN);
  return { example, tab, goto, open, openGiven, givenBy };
}

async function grantsNothing(tab: Tab, what: string): Promise<void> {
  const { standings } = await tab.consent();
  assert.deepEqual(
    Object.keys(standings).filter((id) => standings[id] === 'granted'),
    [],
    what,
  );
  for (const service of ['youtube', 'posthog'] as const)
    assert.equal(await tab.fetches(service, '/probe'), 'refused', what);
}

/** The portal draws its chart, from its own API. */
async function works({ page }: Tab): Promise<void> {
  await page.waitForFunction(() => 'Chart' in window);
  await until(
    () => page.evaluate(() => fetch('/api/records?dataset=aide-humanitaire-d-urgence').then(({ ok }) => ok)),
    'the portal’s API answers',
  );
}
