import assert from 'node:assert/strict';
import { forEachEngine, type StartVisit } from '../harness';
import { servePackage } from '../package-in-page';
import type { Tab } from '../tab';

const DENIED = {
  ad_storage: 'denied',
  ad_user_data: 'denied',
  ad_personalization: 'denied',
  analytics_storage: 'denied',
  functionality_storage: 'denied',
  personalization_storage: 'denied',
  security_storage: 'denied',
};
/** What needs no consent: as soon as the stored consent has been read. */
const SECURE = { ...DENIED, security_storage: 'granted' };
const MEASURED = { ...SECURE, analytics_storage: 'granted' };

const TAGGED = '/tagged';

/** The queues of both tools, as the page's own tags have begun them. */
const QUEUED = `<script>
  window.dataLayer = [{ event: 'gtm.js' }];
  window._paq = [['trackPageView']];
</script>`;

const CONNECT = `<script type="module">
  import { connectGoogleConsentMode } from 'cookie-gatekeeper/google-consent-mode';
  import { connectMatomo } from 'cookie-gatekeeper/matomo';
  const policy = { services: [{ id: 'tiles', purpose: 'necessary' }] };
  window.endGoogle = connectGoogleConsentMode(gatekeeper, {
    policy,
    signals: { analytics_storage: 'posthog', ad_storage: ['posthog', 'youtube'], security_storage: { purpose: 'necessary' } },
  });
  window.endMatomo = connectMatomo(gatekeeper, { service: 'posthog' });
</script>`;

const MISCONNECT = `<script type="module">
  import { connectGoogleConsentMode } from 'cookie-gatekeeper/google-consent-mode';
  import { connectMatomo } from 'cookie-gatekeeper/matomo';
  window.failures = [
    () => connectGoogleConsentMode(gatekeeper, { signals: { analytics_storage: 'posthog', ad_storage: 'unheard-of' } }),
    () => connectMatomo(gatekeeper, { service: 'unheard-of' }),
  ].map((connect) => {
    try {
      connect();
    } catch (error) {
      return String(error);
    }
  });
</script>`;

describe('Google and Matomo are told in every page what the visitor permits', () => {
  forEachEngine(({ start }) => {
    it('no before a choice, yes after a grant, no after a withdrawal', async () => {
      const { tab } = await withTags(start, CONNECT);
      await connected(tab);
      assert.deepEqual(await googleCommands(tab), [
        ['consent', 'default', { ...DENIED, wait_for_update: 1000 }],
        ['consent', 'update', SECURE],
      ]);
      assert.equal(
        await tab.page.evaluate(() =>
          Object.prototype.toString.call((window as { dataLayer?: unknown[] }).dataLayer![0]),
        ),
        '[object Arguments]',
        'before what the page had queued',
      );
      assert.deepEqual(await matomoCommands(tab), [['requireConsent'], ['trackPageView']]);

      await tab.page.evaluate(takeOverAsMatomoDoes);
      await tab.set({ posthog: true });
      assert.deepEqual((await googleCommands(tab)).slice(2), [['consent', 'update', MEASURED]]);
      assert.deepEqual(await matomoCommands(tab), [['requireConsent'], ['trackPageView'], ['setConsentGiven']]);
      await tab.set({ youtube: true });
      assert.deepEqual(
        (await googleCommands(tab)).at(-1),
        ['consent', 'update', { ...MEASURED, ad_storage: 'granted' }],
        'when all services of a signal are permitted',
      );

      await tab.withdraw('posthog');
      assert.deepEqual((await googleCommands(tab)).at(-1), ['consent', 'update', SECURE]);
      assert.deepEqual((await matomoCommands(tab)).slice(2), [['setConsentGiven'], ['forgetConsentGiven']]);
      assert.deepEqual(tab.errors, []);
    });

    it('in another tab at once, and in the pages that follow', async () => {
      const { tab: first } = await withTags(start, CONNECT);
      await connected(first);
      const second = await first.another();
      await second.visit(TAGGED);
      await connected(second);

      await first.set({ posthog: true });
      await second.page.waitForFunction(() =>
        (window as { _paq?: string[][] })._paq!.some(([method]) => method === 'setConsentGiven'),
      );
      assert.deepEqual((await googleCommands(second)).at(-1), ['consent', 'update', MEASURED]);

      await first.visit(TAGGED);
      await connected(first);
      assert.deepEqual(await googleCommands(first), [
        ['consent', 'default', { ...DENIED, wait_for_update: 1000 }],
        ['consent', 'update', MEASURED],
      ]);
      assert.deepEqual(await matomoCommands(first), [['requireConsent'], ['trackPageView'], ['setConsentGiven']]);

      await first.withdraw();
      await second.page.waitForFunction(() =>
        (window as { _paq?: string[][] })._paq!.some(([method]) => method === 'forgetConsentGiven'),
      );
      assert.deepEqual(
        await matomoCommands(second),
        [['requireConsent'], ['trackPageView'], ['forgetConsentGiven']],
        'the last word alone is in the list that Matomo has yet to read',
      );
      assert.deepEqual((await googleCommands(second)).at(-1), ['consent', 'update', SECURE]);

      // What an earlier consent manager had Matomo remember.
      await first.page.evaluate(() => (document.cookie = 'mtm_consent=1; Path=/'));
      await first.visit(TAGGED);
      await connected(first);
      assert.deepEqual(await matomoCommands(first), [['requireConsent'], ['trackPageView'], ['forgetConsentGiven']]);
    });

    it('and no for good, with an error, where the policy has no such service', async () => {
      const { tab } = await withTags(start, MISCONNECT);
      const failures = await tab.page.waitForFunction(() => (window as { failures?: string[] }).failures);
      const [google, matomo] = (await failures.jsonValue())!;
      assert.match(google!, /TypeError: .*signals\.ad_storage.*"unheard-of"/);
      assert.match(matomo!, /TypeError: .*service.*"unheard-of".*posthog/);
      await tab.acceptAll();
      assert.deepEqual(await googleCommands(tab), [['consent', 'default', { ...DENIED, wait_for_update: 1000 }]]);
      assert.deepEqual(await matomoCommands(tab), [['requireConsent'], ['trackPageView']]);
    });
  });
});

async function withTags(start: StartVisit, tags: string) {
  const visit = await start({ lock: 'none', policy: { wall: 'off' } });
  const importMap = servePackage(visit.example, ['cookie-gatekeeper/google-consent-mode', 'cookie-gatekeeper/matomo']);
  visit.example.page(TAGGED, { head: importMap + QUEUED + tags });
  await visit.tab.visit(TAGGED);
  return visit;
}

/** Waits until both adapters have heard of the stored consent. */
async function connected({ page }: Tab): Promise<void> {
  await page.waitForFunction(() => 'endMatomo' in window);
  await page.evaluate(() => window.gatekeeper.ready.then(() => {}));
}

/** What Google's tags make of their queue: commands are `arguments`. */
function googleCommands({ page }: Tab): Promise<unknown[][]> {
  return page.evaluate(() =>
    (window as { dataLayer?: unknown[] })
      .dataLayer!.filter((entry) => Object.prototype.toString.call(entry) === '[object Arguments]')
      .map((entry) => [...(entry as IArguments)] as unknown[]),
  );
}

function matomoCommands({ page }: Tab): Promise<string[][]> {
  return page.evaluate(() => (window as { commands?: string[][] }).commands ?? (window as { _paq?: string[][] })._paq!);
}

/** Runs what is in the list, and puts an object there that runs what is pushed. */
function takeOverAsMatomoDoes(): void {
  const page = window as { commands?: string[][]; _paq?: unknown };
  page.commands = [...(page._paq as string[][])];
  page._paq = {
    push(command: string[]) {
      page.commands!.push(command);
    },
  };
}
