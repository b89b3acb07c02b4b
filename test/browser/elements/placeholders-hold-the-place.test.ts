import assert from 'node:assert/strict';
import { forEachEngine, type VisitOptions } from '../harness';
import { assertNothingReached, received, until } from '../third-party-hits';
import { PAGE, press, startAsking, THEMES } from './asking-page';

const OPEN: VisitOptions = { policy: { wall: 'off' }, lock: 'none' };
const frame = (attributes: string) =>
  `<p id="before">Before</p><iframe ${attributes} title="A video" width="400" height="300" style="border: 0; margin: 7px"></iframe><p id="after">After</p>`;

describe('Placeholders hold the place', () => {
  forEachEngine(({ start }) => {
    for (const theme of THEMES) {
      it(`of an inert frame, in the theme ${theme}: it says what is missing, nothing moves, and one action shows it`, async () => {
        const { tab, example } = await startAsking(start, theme, {
          ...OPEN,
          content: frame('data-service="partner" data-src="PARTNER/frame/inert"'),
        });
        await tab.visit(PAGE);
        await tab.page.evaluate((origin) => {
          const frame = document.querySelector('iframe')!;
          frame.dataset.src = `${origin}/frame/inert`;
        }, example.thirdParties.partner.origin);
        await tab.page.waitForSelector('cookie-placeholder button');
        const place = () => tab.page.$eval('#after', (after) => after.getBoundingClientRect().top + scrollY);
        const held = await place();
        const [width, height] = await tab.page.$eval('cookie-placeholder', (host) => [
          (host as HTMLElement).offsetWidth,
          (host as HTMLElement).offsetHeight,
        ]);
        assert.deepEqual([width, height], [400, 300]);
        const text = await tab.page.$eval('cookie-placeholder', ({ textContent }) => textContent);
        assert.match(text, /Partner/);
        const picture = await tab.page.$eval(
          'cookie-placeholder',
          (host) => (host as HTMLElement).style.backgroundImage,
        );
        assert.equal(picture, '', 'it has none, and asks the site for none');
        await tab.quiet();
        assertNothingReached(example, 'partner');

        await press(tab, 'Always allow: Partner', 'cookie-placeholder');
        await until(
          () => received(example.thirdParties.partner).some(({ path }) => path === '/frame/inert'),
          'the frame was loaded',
        );
        await tab.page.waitForFunction(() => document.querySelector('iframe')!.offsetWidth === 400);
        assert.equal(await tab.page.$('cookie-placeholder'), null);
        assert.ok(Math.abs((await place()) - held) < 1, 'the page did not move');
        assert.equal(
          received(example.thirdParties.partner).filter(({ path }) => path === '/frame/inert').length,
          1,
          'loaded once',
        );

        await tab.withdraw();
        await tab.page.waitForFunction(
          () => document.querySelector<HTMLElement>('cookie-placeholder')?.offsetWidth === 400,
        );
      });

      it(`of a frame that the document refused, in the theme ${theme}`, async () => {
        const { tab, example } = await startAsking(start, theme);
        example.page('/frame', {
          // Without the design system's styles, its banner would lie over the page.
          head: theme === 'dsfr' ? '<link rel="stylesheet" href="/dsfr/dsfr.min.css">' : '',
          body: `<main><iframe src="${example.thirdParties.partner.origin}/frame/one" width="400" height="300" style="border: 0" title="A frame"></iframe></main>`,
        });
        await tab.visitGuarded(PAGE);
        await tab.visit('/frame');
        await tab.page.waitForFunction(() =>
          /Blocked: Partner/.test(document.querySelector('cookie-placeholder')?.textContent ?? ''),
        );
        const [width, height] = await tab.page.$eval('cookie-placeholder', (host) => [
          (host as HTMLElement).offsetWidth,
          (host as HTMLElement).offsetHeight,
        ]);
        assert.deepEqual([width, height], [400, 300]);
        assertNothingReached(example, 'partner');
        await tab.reloadedBy(() => press(tab, 'Always allow: Partner', 'cookie-placeholder'));
        await until(
          () => received(example.thirdParties.partner).some(({ path }) => path === '/frame/one'),
          'the frame was loaded',
        );
        const { record } = await tab.consent();
        assert.deepEqual([record!.choices['partner'], record!.language], [true, 'en']);
      });
    }

    const FACADES = {
      'in its own place': 'this.querySelector("button").onclick = () => this.replaceChildren(frame)',
      'in a shadow tree': `const tree = this.attachShadow({ mode: "open" });
        tree.innerHTML = '<div id="frame"><button>Play</button></div>';
        tree.querySelector("button").onclick = () => tree.querySelector("#frame").append(frame)`,
    };
    for (const [where, puts] of Object.entries(FACADES))
      it(`of a frame that a facade puts in when it is pressed, ${where}: it has the offer then, and is pressed again when it is allowed`, async () => {
        const { tab, example } = await startAsking(start, 'own');
        const { partner } = example.thirdParties;
        // As lite-youtube does it.
        example.page('/facade', {
          body: `<main><lite-video style="display: block; width: 400px; height: 225px"><button>Play</button></lite-video></main>
            <script>customElements.define('lite-video', class extends HTMLElement {
              connectedCallback() {
                const frame = Object.assign(document.createElement('iframe'), { width: 400, height: 225, src: '${partner.origin}/frame/one' });
                ${puts};
              }
            });</script>`,
        });
        await tab.visitGuarded(PAGE);
        await tab.refuseAll();
        await tab.visit('/facade');
        assert.equal(await tab.page.$('cookie-placeholder'), null);
        const { keyboard } = tab.page;
        const play = await tab.page.$('lite-video >>> button');
        await play!.focus();
        await keyboard.press('Enter');
        const offer = () => tab.page.$('lite-video >>> cookie-placeholder button[aria-label^="Allow once"]');
        await until(async () => !!(await offer()), 'it was offered');
        if (where === 'in its own place') {
          // Firefox takes back what a press has activated while a function is waited for in the page: it is asked from outside.
          const focused = () => tab.page.evaluate(() => document.activeElement?.ariaLabel);
          await until(async () => (await focused()) === 'Allow once: Partner', 'the offer had the focus');
        }
        await tab.reloadedBy(async () => (await offer())!.press('Enter'));
        await until(() => received(partner).some(({ path }) => path === '/frame/one'), 'the frame was loaded');
      });

    const NO_FACADES = {
      'that has more than one control': '<a href="/elsewhere">Away</a><button>Play</button>',
      'that nobody has pressed': '<a href="/elsewhere">Away</a>',
    };
    for (const [which, controls] of Object.entries(NO_FACADES))
      it(`of a frame that is put into a custom element ${which}: nothing is pressed but the offer`, async () => {
        const { tab, example } = await startAsking(start, 'own');
        const { origin } = example.thirdParties.partner;
        example.page('/facade', {
          body: `<main><some-view style="display: block">${controls}</some-view></main>
            <script>customElements.define('some-view', class extends HTMLElement {
              connectedCallback() {
                const put = () =>
                  this.append(Object.assign(document.createElement('iframe'), { width: 400, height: 225, src: '${origin}/frame/one' }));
                const button = this.querySelector('button');
                if (button) button.onclick = put;
                else addEventListener('load', () => setTimeout(put, 900)); // After all that is there at first.
                this.onclick = () => (document.title += ' pressed');
              }
            });</script>`,
        });
        await tab.visitGuarded(PAGE);
        await tab.refuseAll();
        await tab.visit('/facade');
        await tab.page.evaluate(() => document.querySelector<HTMLElement>('some-view button')?.click());
        await tab.page.waitForSelector('some-view cookie-placeholder .cookie-gatekeeper-more');
        await tab.reloadedBy(() => press(tab, 'Allow once: Partner', 'cookie-placeholder'));
        await tab.page.waitForFunction(() => window.gatekeeper.allows('partner'));
        await tab.page.waitForFunction(() =>
          !document.querySelector('some-view button') ? !!document.querySelector('iframe') : true,
        );
        await tab.quiet();
        assert.deepEqual(await tab.page.evaluate(() => [location.pathname, document.title.includes('pressed')]), [
          '/facade',
          false,
        ]);
      });

    it('of a frame that was allowed in another tab, until this page opens to it', async () => {
      const { tab, example } = await startAsking(start, 'own');
      example.page('/frame', {
        body: `<main><iframe src="${example.thirdParties.partner.origin}/frame/one" width="400" height="300" style="border: 0" title="A frame"></iframe></main>`,
      });
      await tab.visitGuarded(PAGE);
      await tab.visit('/frame');
      await tab.page.waitForSelector('cookie-placeholder button');
      const other = await tab.another();
      await other.visit('/cookies-of-nobody');
      await other.reloadedBy(() => other.set({ partner: true }));
      await tab.page.waitForFunction(() => window.gatekeeper.allows('partner'));
      assert.equal(await tab.page.$eval('cookie-placeholder', (host) => (host as HTMLElement).offsetHeight), 300);
      await tab.page.bringToFront();
      await tab.reloadedBy(() => press(tab, 'Load the page again', 'cookie-placeholder'));
      await until(
        () => received(example.thirdParties.partner).some(({ path }) => path === '/frame/one'),
        'the frame was loaded',
      );
    });

    it('and offer it for once: this page shows it, other tabs and the next page do not, and the proof is kept', async () => {
      const receipts: { action: string; choices: Record<string, boolean> }[] = [];
      const { tab, example } = await startAsking(start, 'own', { policy: { receipts: '/receipts' } });
      example.route('/receipts', async (request) => {
        const receipt = await request.json();
        receipts.push(receipt);
        return Response.json({ id: receipt.id });
      });
      example.page('/frame', {
        body: `<main><iframe src="${example.thirdParties.partner.origin}/frame/one" width="400" height="300" title="A frame"></iframe></main>`,
      });
      const frames = () => received(example.thirdParties.partner).filter(({ path }) => path === '/frame/one').length;
      await tab.visitGuarded(PAGE);
      await tab.refuseAll();
      await tab.visit('/frame');
      const other = await tab.another();
      await other.visit('/frame');
      await tab.page.bringToFront();
      await tab.page.waitForSelector('cookie-placeholder button');
      await tab.reloadedBy(() => press(tab, 'Allow once: Partner', 'cookie-placeholder'));
      await until(() => frames() === 1, 'the frame was loaded');
      assert.deepEqual([await tab.allows('partner'), await other.allows('partner')], [true, false]);
      assert.equal((await tab.consent()).record!.choices['partner'], false, 'what was decided stays decided');
      await until(
        () => receipts.some(({ action, choices }) => action === 'once' && choices['partner'] === true),
        'the proof was sent',
      );

      await other.reload();
      await other.page.waitForSelector('cookie-placeholder button');
      await tab.visit('/frame');
      await tab.page.waitForSelector('cookie-placeholder button');
      await tab.quiet();
      assert.equal(frames(), 1);
    });

    it('of content that no service declares: it names the host, and cannot be allowed', async () => {
      const { tab, example } = await startAsking(start, 'own', {
        editPolicy: (policy) => ({
          ...policy,
          services: policy.services.filter(({ id }: { id: string }) => id !== 'partner'),
        }),
      });
      example.page('/frame', { body: `<iframe src="${example.thirdParties.partner.origin}/frame/one"></iframe>` });
      await tab.visitGuarded(PAGE);
      await tab.visit('/frame');
      await tab.page.waitForFunction(() =>
        /127\.0\.0\.1.*does not name/s.test(document.querySelector('cookie-placeholder')?.textContent ?? ''),
      );
      assert.equal(await tab.page.$('cookie-placeholder button'), null);
    });

    for (const theme of [...THEMES, undefined])
      it(`and keep to themselves, as a frame would, what is pressed in them, and whom their buttons belong to, ${theme ? `in the theme ${theme}` : 'without an interface'}`, async () => {
        const { tab, example } = theme ? await startAsking(start, theme) : await start();
        const { page } = tab;
        // A card that leads elsewhere, a carousel that catches the pointer, and a form that counts its fields.
        example.page('/frame', {
          body: `<form id="card" action="/elsewhere"><input name="q"><iframe src="${example.thirdParties.partner.origin}/frame/one" width="640" height="360" title="A frame"></iframe></form>
            <script>
              heard = [];
              for (const type of ['click', 'pointerdown', 'mousedown', 'pointerup', 'mouseup', 'touchstart', 'keydown', 'keyup'])
                card.addEventListener(type, (event) => heard.push(event.key ?? type));
              card.addEventListener('pointerdown', (event) => card.setPointerCapture(event.pointerId));
            </script>`,
        });
        await tab.visitGuarded(PAGE);
        await tab.refuseAll();
        await tab.visit('/frame');
        const control = await page.waitForSelector(
          theme ? 'cookie-placeholder .cookie-gatekeeper-more' : 'cookie-placeholder button',
        );
        assert.equal(await page.$eval('#card', (form) => (form as HTMLFormElement).elements.length), 1);
        await control!.focus();
        await page.keyboard.press('a');
        await page.keyboard.press('Escape');
        if (theme) {
          await control!.click();
          await page.waitForSelector('dialog[open]');
        } else await tab.reloadedBy(() => control!.click());
        assert.equal(new URL(page.url()).pathname, '/frame');
        assert.deepEqual(await page.evaluate('heard'), theme ? ['Escape', 'Escape'] : []);
      });

    it('but not of a frame that nobody would see', async () => {
      const { tab } = await startAsking(start, 'own', {
        ...OPEN,
        content:
          '<iframe data-service="partner" data-src="http://127.0.0.1:9/pixel" width="1" height="1" title="-"></iframe>',
      });
      await tab.visit(PAGE);
      await tab.page.waitForSelector('cookie-banner button');
      assert.equal(await tab.page.$('cookie-placeholder'), null);
    });
  });
});
