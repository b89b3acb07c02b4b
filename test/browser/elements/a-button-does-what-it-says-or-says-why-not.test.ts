import assert from 'node:assert/strict';
import { forEachEngine, PLAIN, type StartVisit, type VisitOptions } from '../harness';
import type { Tab } from '../tab';
import { assertNothingReached, hits, until } from '../third-party-hits';
import { keyedResponse } from '../../../src/server/index';
import { PAGE, pressIn, startAsking, THEMES } from './asking-page';

const AGAIN = 'Load the page again';
const MANAGE = '<button id="manage" data-cookie-preferences>Manage my cookies</button>';
/** Buttons, by what they are in: only the last one may take the others away. */
const BUTTONS = [
  ['cookie-banner', ['Customise', 'Refuse all']],
  ['cookie-placeholder', ['Details: Partner', 'Allow once: Partner']],
  ['cookie-placeholder', ['Always allow: Partner']],
  ['dialog', ['Refuse all', 'Confirm my choices', 'Accept all']],
] as const;
const AT_ONCE_MS = 100;

describe('A button does what it says, or says why not', () => {
  forEachEngine(({ start }) => {
    for (const theme of THEMES) {
      it(`in a page where something was typed, in the ${theme} theme: the banner’s, and a placeholder’s`, async () => {
        const { example, tab } = await withFrame(start, { theme, content: '<input>' });
        const { page } = tab;
        await tab.visit(PLAIN);
        await tab.visit(PAGE);
        await page.type('input', 'typed');
        await pressIn(tab, 'Accept all', 'cookie-banner');
        await page.waitForFunction(() => document.querySelector('cookie-banner')?.role === 'alert');
        assert.match(await textOf(tab, 'cookie-banner'), /comes when this page is loaded again/);
        await pressIn(tab, 'Close', 'cookie-banner');
        assert.equal(await page.$eval('input', ({ value }) => value), 'typed');
        await tab.withdraw();

        await pressIn(tab, 'Always allow: Partner', 'cookie-placeholder');
        await page.waitForFunction((again) => document.activeElement?.textContent === again, {}, AGAIN);
        assert.equal(
          await page.$eval('cookie-banner', ({ textContent }) => textContent),
          '',
          'it is said in one place',
        );
        assertNothingReached(example, 'partner');
        await tab.reloadedBy(() => pressIn(tab, AGAIN, 'cookie-placeholder'));
        await until(() => hits(example.thirdParties.partner) === 1, 'the frame was loaded');
      });
    }

    it('and where the page is loaded again by it, the focus is where it was before', async () => {
      const { tab } = await withFrame(start, { content: '<input id="typed">' });
      const { page } = tab;
      await tab.visit(PLAIN);
      await tab.visit(PAGE);
      await page.type('#typed', 'typed');
      await pressIn(tab, 'Accept all', 'cookie-banner');
      await page.waitForFunction(() => document.querySelector('cookie-banner')?.role === 'alert');
      await tab.reloadedBy(() => pressIn(tab, AGAIN, 'cookie-banner'));
      await page.waitForFunction(() => document.activeElement?.id === 'typed');
      assert.equal(await page.$eval('#typed', (input) => (input as HTMLInputElement).value), 'typed');
    });

    it('in a page that answers a form: it is asked for anew, and not posted again', async () => {
      const { example, tab } = await withFrame(start);
      const { page } = tab;
      const methods: string[] = [];
      const { origin } = example.thirdParties.partner;
      example.page('/form', { body: '<form method="post" action="/posted#there"><button>Send</button></form>' });
      example.route('/posted', ({ method }) => {
        methods.push(method);
        return new Response(
          `<!doctype html><html lang="en"><script src="/gatekeeper.js"></script><iframe src="${origin}/frame/a" width="600" height="400"></iframe>`,
          { headers: { 'Content-Type': 'text/html' } },
        );
      });
      const post = async () => {
        await tab.visit('/form');
        await Promise.all([page.waitForNavigation(), page.click('form button')]);
        await tab.registered();
      };
      await tab.visit(PLAIN);
      await post();
      await pressIn(tab, 'Accept all', 'cookie-banner');
      await page.waitForFunction(() => document.querySelector('cookie-banner')?.role === 'alert');
      await tab.reloadedBy(() => pressIn(tab, AGAIN, 'cookie-banner'));
      await until(() => hits(example.thirdParties.partner) === 1, 'the frame was loaded');
      assert.deepEqual(methods, ['POST', 'GET']);

      await post();
      await page.waitForSelector('cookie-placeholder[data-opens=visit] a');
      assert.equal(await page.$eval('cookie-banner', ({ textContent }) => textContent).catch(() => ''), '');
      assert.equal(await page.$eval('cookie-placeholder a', ({ href }) => href), `${example.origin}/posted`);
      await tab.reloadedBy(() => page.click('cookie-placeholder a'));
      await until(() => hits(example.thirdParties.partner) === 2, 'the frame was loaded');
      assert.deepEqual(methods, ['POST', 'GET', 'POST', 'GET']);
    });

    it('in a browser without service workers: it says so, and where the content is', async () => {
      const { example, tab } = await withFrame(start);
      const { page } = tab;
      await page.evaluateOnNewDocument('delete Navigator.prototype.serviceWorker');
      await tab.visit(PAGE);
      await page.waitForSelector('cookie-placeholder button');
      assert.equal(
        await page.$$eval('cookie-placeholder button', (buttons) =>
          buttons.some(({ textContent }) => /once/.test(textContent)),
        ),
        false,
        'only a worker allows it once',
      );
      await pressIn(tab, 'Accept all', 'cookie-banner');
      await page.waitForFunction(() => /cannot show here/.test(document.querySelector('cookie-banner')!.textContent));
      assert.equal(await tab.allows('partner'), true);
      await tab.visit(PAGE);
      await page.waitForSelector('cookie-placeholder[data-opens=elsewhere] a');
      assert.equal(
        await page.$eval('cookie-placeholder a', ({ href }) => href),
        `${example.thirdParties.partner.origin}/frame/a`,
      );
      assert.equal(await page.$('cookie-banner button'), null);
      await tab.withdraw();
      await page.waitForSelector('cookie-placeholder:not([data-opens]) button');
      await pressIn(tab, 'Always allow: Partner', 'cookie-placeholder');
      await page.waitForSelector('cookie-placeholder[data-opens=elsewhere] a');
      assertNothingReached(example, 'partner');
    });

    it('and in a placeholder of the site’s own, which does not go where nothing comes', async () => {
      const { tab } = await withFrame(start, {
        content: '<cookie-placeholder id="own" data-service="partner"></cookie-placeholder>',
      });
      const { page } = tab;
      await page.evaluateOnNewDocument('delete Navigator.prototype.serviceWorker');
      const saysSo = () =>
        page.waitForFunction(() => /cannot show here/.test(document.querySelector<HTMLElement>('#own')!.innerText));
      await tab.visit(PAGE);
      await pressIn(tab, 'Always allow: Partner', '#own');
      await saysSo();
      await tab.visit(PAGE);
      await saysSo();
      await tab.withdraw();
      await page.waitForSelector('#own:not([data-opens]) button');
    });

    it('in one without, whose server has the key: the page is loaded again, open', async () => {
      const { example, tab } = await withFrame(start, { lock: 'none', policy: { lock: 'header' } });
      const { page } = tab;
      const keyed = keyedResponse(example.policy);
      const { origin } = example.thirdParties.partner;
      example.route('/keyed', async (request) =>
        keyed(
          request,
          new Response(
            `<!doctype html><html lang="en"><script src="/gatekeeper.js"></script><iframe src="${origin}/frame/a" width="600" height="400"></iframe>`,
            { headers: { 'Content-Type': 'text/html' } },
          ),
        ),
      );
      await page.evaluateOnNewDocument('delete Navigator.prototype.serviceWorker');
      await tab.visit('/keyed');
      await page.waitForSelector('cookie-placeholder[data-host] button');
      await tab.reloadedBy(() => pressIn(tab, 'Always allow: Partner', 'cookie-placeholder'));
      await until(() => hits(example.thirdParties.partner) === 1, 'the frame was loaded');
    });

    it('where the worker is missing', async () => {
      const { example, tab } = await withFrame(start, {
        editFile: (name, text) => (name === 'gatekeeper-sw.js' ? 'throw new Error("broken by the test")' : text),
      });
      const { page } = tab;
      await tab.visit(PAGE);
      await page.waitForSelector('cookie-placeholder[data-host] button');
      await pressIn(tab, 'Always allow: Partner', 'cookie-placeholder');
      await page.waitForSelector('cookie-placeholder[data-opens=elsewhere] a');
      assertNothingReached(example, 'partner');
    });

    for (const [within, labels] of BUTTONS) {
      it(`at once, in a ${within}: ${labels.join(', ')}`, async () => {
        const { tab } = await withFrame(start, { content: MANAGE });
        await tab.visitGuarded(PLAIN);
        for (const label of labels) {
          await tab.visit(PAGE);
          if (within === 'dialog') await tab.page.$eval('#manage', (control) => (control as HTMLElement).click());
          await assertReactsAtOnce(tab, label, within);
        }
      });
    }

    it('at once, while an image of the site hangs', async () => {
      const { example, tab } = await withFrame(start, { content: '<img src="/hangs">' });
      const { page } = tab;
      const waiting: (() => void)[] = [];
      example.route('/hangs', () => new Promise((resolve) => waiting.push(() => resolve(new Response('')))));
      await tab.visit(PLAIN);
      void page.goto(example.origin + PAGE).catch(() => {});
      await page.waitForSelector('cookie-placeholder[data-host] button');
      await assertReactsAtOnce(tab, 'Accept all', 'cookie-banner');
      await until(
        () => hits(example.thirdParties.partner) === 1,
        'the frame was loaded, though the image had not come',
      );
      waiting.forEach((answer) => answer());
    });
  });
});

/** Presses a button, and sees that something of what it is in, or of the page, looks otherwise soon. */
async function assertReactsAtOnce({ page }: Tab, label: string, within: string): Promise<void> {
  const button = await page.waitForFunction(
    (label, within) =>
      [...document.querySelectorAll<HTMLElement>(`${within} button`)].find(
        ({ ariaLabel, textContent }) => (ariaLabel ?? textContent) === label,
      ),
    {},
    label,
    within,
  );
  const shownAfter = await page.evaluate(async (button) => {
    const changed = new Promise<number>((resolve) =>
      new MutationObserver(() => resolve(performance.now())).observe(document.documentElement, {
        subtree: true,
        childList: true,
        attributes: true,
      }),
    );
    const pressed = performance.now();
    button!.click();
    return (await changed) - pressed;
  }, button);
  assert.ok(shownAfter < AT_ONCE_MS, `“${label}”: something was seen after ${shownAfter} ms`);
}

interface FrameOptions extends VisitOptions {
  theme?: (typeof THEMES)[number];
  content?: string;
}

/** A page that asks, with a frame of the partner’s. */
async function withFrame(start: StartVisit, { theme = 'own', content = '', ...options }: FrameOptions = {}) {
  let policy: unknown;
  const visit = await startAsking(start, theme, {
    ...options,
    editPolicy: (written) => (policy = { ...(written as object), ...options.policy }),
  });
  const { origin } = visit.example.thirdParties.partner;
  visit.example.page(PAGE, {
    head: theme === 'dsfr' ? '<link rel="stylesheet" href="/dsfr/dsfr.min.css">' : '',
    body: `${content}<iframe src="${origin}/frame/a" width="700" height="500"></iframe>`,
  });
  return { ...visit, example: { ...visit.example, policy } };
}

function textOf({ page }: Tab, selector: string): Promise<string> {
  return page.$eval(selector, ({ textContent }) => textContent);
}
