import assert from 'node:assert/strict';
import type { Page } from 'puppeteer';
import { forEachEngine, PLAIN } from '../../harness';
import { assertNothingReached, hits, until } from '../../third-party-hits';

/** What React does: it writes what is typed into the attribute, too. */
const CONTROLLED = `<input id="controlled"><script>controlled.oninput = () => controlled.setAttribute('value', controlled.value)</script>`;
const FORMS = `
  <input id="text"><input id="off" autocomplete="off"><input id="password" type="password"><textarea id="area">Dear</textarea>
  <input id="elsewhere" form="form"><form id="form"><button>Send</button><input type="submit"></form><input id="box" type="checkbox"><input id="file" type="file">
  <select id="choice"><option>one<option>two</select><div id="editable" contenteditable>written</div>${CONTROLLED}
  <div id="host"></div><div id="later"></div>
  <script>
    host.attachShadow({ mode: 'open' }).innerHTML = '<input>';
    addEventListener('load', () => (later.innerHTML = '<input>'));
    // Scripts that fill in controls are no visitor.
    text.value = 'set by the site'; box.checked = true; choice.selectedIndex = 1;
  </script>`;

const FRAMES = '<iframe id="inner" src="/inner"></iframe><iframe id="editor" srcdoc="<body contenteditable>"></iframe>';

type Act = (page: Page) => Promise<unknown>;
const type =
  (selector: string): Act =>
  (page) =>
    page.type(selector, 'x');
const inFrame =
  (id: string, selector: string): Act =>
  async (page) =>
    (await (await page.$(id))!.contentFrame())!.type(selector, 'x');

/** What visitors leave in a page. */
const TYPED: Record<string, Act> = {
  text: type('#text'),
  'text that no browser keeps': type('#off'),
  'a password': type('#password'),
  'a long text': type('#area'),
  'a control outside its form': type('#elsewhere'),
  'a box': (page) => page.click('#box'),
  'a choice': (page) => page.select('#choice', 'one'),
  'a file': async (page) => await (await page.$('input#file'))!.uploadFile(import.meta.filename),
  'editable content': type('#editable'),
  'a controlled input': type('#controlled'),
  'a control in a shadow tree': type('#host >>> input'),
  'a control that came later': type('#later input'),
  'a control in a frame': inFrame('#inner', 'input'),
  'an editor in a frame': inFrame('#editor', 'body'),
};

/** Of these, what may be written down while the page is loaded again. */
const KEPT = [
  'text',
  'text that no browser keeps',
  'a long text',
  'a control outside its form',
  'a box',
  'a choice',
  'a controlled input',
  'a control in a shadow tree',
  'a control that came later',
];

const isOfInput = (key: string) => key.startsWith('cookie-gatekeeper:filled');

/** By id, or by the id of what they are in. */
function filledIn(): Record<string, unknown> {
  const controls = [
    ...document.querySelectorAll<HTMLInputElement>('input,textarea,select'),
    document.querySelector('#host')!.shadowRoot!.querySelector('input')!,
  ];
  return Object.fromEntries(
    controls
      .filter(({ type }) => !/^(submit|file)$/.test(type))
      .map(({ id, parentElement, type, checked, value }) => [
        id || parentElement?.id || 'shadow',
        type === 'checkbox' ? checked : value,
      ]),
  );
}

describe('Nothing that was typed is lost by a grant', () => {
  forEachEngine(({ engine, start }) => {
    it('whatever it was typed into: the page is loaded again when the visitor wants it', async () => {
      const { example, tab } = await start();
      const { page } = tab;
      const { partner } = example.thirdParties;
      let documents = 0;
      example.route(
        '/inner',
        () => new Response('<!doctype html><input>', { headers: { 'Content-Type': 'text/html' } }),
      );
      example.route('/form', () => {
        documents++;
        const text = `<!doctype html><script src="/gatekeeper.js"></script><body>${FORMS}${FRAMES}<iframe src="${partner.origin}/frame/a" width="300" height="200"></iframe>`;
        return new Response(text, { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
      });
      await tab.visit(PLAIN);
      for (const [what, act] of Object.entries(TYPED)) {
        await tab.visit('/form');
        documents = 0;
        await page.evaluate(() =>
          window.gatekeeper.addEventListener(
            'stayclosed',
            ({ detail }) => ((window as { opens?: string }).opens = detail.opens),
          ),
        );
        await act(page);
        await page.evaluate(() => window.gatekeeper.allowOnce('partner'));
        assert.equal(await page.evaluate(() => (window as { opens?: string }).opens), 'again', what);
        assert.equal(documents, 0, what);
      }
      await tab.quiet();
      assertNothingReached(example, 'partner');

      await page.type('#text', 'x');
      await tab.set({ partner: true });
      await page.waitForSelector('cookie-placeholder[data-opens=again] button');
      await tab.reloadedBy(() => page.click('cookie-placeholder button'));
      await until(() => hits(partner) === 1, 'the frame was loaded');
      assert.equal(documents, 1);
    });

    it('and is there again in the page that the visitor has loaded again, whose scripts hear of it', async () => {
      const { example, tab } = await start();
      const { page } = tab;
      const { partner } = example.thirdParties;
      example.page('/form', {
        body: `${FORMS}<script>
          window.heard = [];
          addEventListener('input', ({ target }) => heard.push(target.id));
        </script><iframe src="${partner.origin}/frame/a" width="300" height="200"></iframe>`,
      });
      await tab.visit(PLAIN);
      await tab.visit('/form');
      for (const what of KEPT) await TYPED[what]!(page);
      await type('#password')(page);
      const before = await page.evaluate(filledIn);
      await page.evaluate(() => window.gatekeeper.allowOnce('partner'));
      await page.waitForSelector('cookie-placeholder[data-opens=again] button');
      const written = async () => Object.keys(await page.evaluate(() => ({ ...sessionStorage }))).filter(isOfInput);
      assert.deepEqual(await written(), [], 'before it is loaded again');
      await tab.reloadedBy(() => page.click('cookie-placeholder button'));
      await until(() => hits(partner) === 1, 'the frame was loaded');
      await page.waitForFunction(
        (value) => document.querySelector<HTMLInputElement>('#controlled')?.value === value,
        {},
        'x',
      );
      assert.deepEqual(await page.evaluate(filledIn), { ...before, password: '' });
      assert.deepEqual(await written(), [], 'and when it was');
      const heard = await page.evaluate(() => (window as unknown as { heard: string[] }).heard);
      assert.ok(heard.includes('off'), String(heard));
    });

    it('and a long text is scrolled to where it was read', async () => {
      const { example, tab } = await start();
      const { page } = tab;
      const { partner } = example.thirdParties;
      example.page('/form', {
        body: `<textarea rows="2" autocomplete="off"></textarea><iframe src="${partner.origin}/frame/a" width="300" height="200"></iframe>`,
      });
      await tab.visit(PLAIN);
      await tab.visit('/form');
      await page.type('textarea', '\n'.repeat(20));
      const top = await page.$eval('textarea', (area) => {
        area.scrollTop = area.scrollHeight / 2;
        return area.scrollTop;
      });
      await tab.set({ partner: true });
      await page.waitForSelector('cookie-placeholder[data-opens=again] button');
      await tab.reloadedBy(() => page.click('cookie-placeholder button'));
      await page.waitForFunction((top) => document.querySelector('textarea')?.scrollTop === top, {}, top);
    });

    it('but nothing else is filled in, pressed or written down, whatever the page has made of itself', async () => {
      const { example, tab } = await start();
      const { page } = tab;
      const { partner } = example.thirdParties;
      const frame = `<iframe src="${partner.origin}/frame/a" width="300" height="200"></iframe>`;
      const filled = () =>
        page.evaluate(() => Object.entries(sessionStorage).filter(([key]) => key.endsWith(':filled')));
      const again = async (changed: string) => {
        await page.evaluate(() => window.gatekeeper.allowOnce('partner'));
        await page.waitForSelector('cookie-placeholder[data-opens=again] button');
        example.page('/form', { body: changed + frame });
        await tab.reloadedBy(() => page.click('cookie-placeholder button'));
        // Reports, placeholders and what was typed come together.
        await page.waitForFunction(() => window.gatekeeper.allows('partner') && 'gatekeeperOnDemand' in window);
        await page.waitForFunction(() => document.readyState === 'complete');
        await until(async () => (await filled()).length === 0, 'what was written down was read');
        await tab.quiet();
      };
      const visit = async (body: string) => {
        example.page('/form', { body: body + frame });
        await tab.visit('/form');
      };
      const values = () =>
        page.$$eval('[name]', (controls) => controls.map((control) => (control as HTMLInputElement).value));
      await tab.visit(PLAIN);

      // Other controls are in its place.
      await visit(
        '<form action="/elsewhere"><input type="checkbox" name="a"><input name="b"><select name="c"><option>1<option>2</select><input name="d"></form>',
      );
      await page.click('[name=a]');
      await page.type('[name=b]', 'x');
      await page.select('[name=c]', '2');
      await page.type('[name=d]', 'x');
      await again(
        '<form action="/elsewhere"><input type="submit" name="a"><select name="b"><option>1</select><input name="c"><input name="d"></form>',
      );
      assert.equal(new URL(page.url()).pathname, '/form');
      assert.deepEqual((await values()).slice(1), ['1', '', 'x']);

      // Names that a form has, too; ids that are there twice; lists that have moved.
      await visit(
        '<form><input type="hidden" name="id"><input name="children"><input name="x"></form><b id="o"></b><input id="o" name="o"><input type="checkbox" name="mail" value="spam">',
      );
      await page.type('[name=x]', 'x');
      await page.type('[name=o]', 'o');
      await page.click('[name=mail]');
      await again(
        '<form><input type="hidden" name="id"><input name="children"><input name="x"></form><b id="o"></b><input id="o" name="o"><input type="checkbox" name="mail" value="new"><input type="checkbox" name="mail" value="spam">',
      );
      assert.deepEqual(await values(), ['', '', 'x', 'o', 'new', 'spam']);
      // Firefox itself checks again whatever box is there.
      if (engine === 'chromium')
        assert.equal(await page.$eval('[value=new]', (box) => (box as HTMLInputElement).checked), false);

      // Options that come later, and what the visitor types meanwhile.
      const later = (state: string) =>
        `<input name="t"><select name="s"><option value="">-</select><script>addEventListener('load', () => setTimeout(() => document.querySelector('[name=s]').add(new Option('${state}', 'later')), 900))</script>`;
      await visit(later('one'));
      await page.waitForSelector('option[value=later]');
      await page.select('[name=s]', 'later');
      await again(later('one'));
      await page.waitForFunction(() => document.querySelector<HTMLSelectElement>('[name=s]')!.value === 'later');

      // Passwords that are shown, and cards.
      const secrets =
        '<input type="password" name="p"><input name="q" autocomplete="billing CC-number"><input name="r" autocomplete="section-x one-time-code"><input name="t">';
      await visit(secrets);
      for (const name of ['p', 'q', 'r', 't']) await page.type(`[name=${name}]`, 'secret');
      await page.$eval('[name=p]', (password) => ((password as HTMLInputElement).type = 'text'));
      await page.evaluate(() => {
        const { setItem } = Storage.prototype;
        Storage.prototype.setItem = function (key, value) {
          setItem.call(this, key, value);
          setItem.call(localStorage, `noted:${key}`, value);
        };
      });
      await again(secrets);
      const noted = await page.evaluate(() => localStorage['noted:cookie-gatekeeper:filled'] as string);
      assert.equal(noted.match(/"secret"/g)?.length, 1, noted);
    });

    it('nor does what a frame of the site’s own has from the start hold the page up', async () => {
      const { example, tab } = await start();
      const { page } = tab;
      example.route(
        '/inner',
        () =>
          new Response(
            '<!doctype html><input type="checkbox"><input type="range"><input type="color"><input type="radio">',
            { headers: { 'Content-Type': 'text/html' } },
          ),
      );
      example.page('/form', { body: '<iframe src="/inner"></iframe>' });
      await tab.visit(PLAIN);
      await tab.visit('/form');
      // Not awaited in the page: it is gone before it could answer.
      await tab.reloadedBy(() => page.evaluate(() => void window.gatekeeper.set({ partner: true })));
    });

    it('and what was sent or deleted again, or filled in by the site, is nothing', async () => {
      const { example, tab } = await start();
      const { page } = tab;
      example.page('/form', { body: FORMS });
      await tab.visit(PLAIN);
      await tab.visit('/form');
      await page.type('#off', 'x');
      await page.$eval('#off', (input) => ((input as HTMLInputElement).value = ''));
      await tab.reloadedBy(() => tab.set({ partner: true }));
    });

    it('also when a service is allowed once', async () => {
      const { example, tab } = await start();
      const { page } = tab;
      const { partner } = example.thirdParties;
      example.page('/form', {
        body: `<input><iframe src="${partner.origin}/frame/a" width="300" height="200"></iframe>`,
      });
      await tab.visit(PLAIN);
      await tab.visit('/form');
      await page.type('input', 'typed');
      await page.evaluate(() => window.gatekeeper.allowOnce('partner'));
      await page.waitForSelector('cookie-placeholder[data-opens=again] button');
      assert.equal(await page.$eval('input', ({ value }) => value), 'typed');
      assertNothingReached(example, 'partner');
      await tab.reloadedBy(() => page.click('cookie-placeholder button'));
      await until(() => hits(partner) === 1, 'the frame was loaded');
      assert.equal(await tab.allows('partner'), true);
      await tab.reload();
      assert.equal(await tab.allows('partner'), false);
    });
  });
});
