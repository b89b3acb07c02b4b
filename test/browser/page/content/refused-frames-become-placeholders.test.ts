import assert from 'node:assert/strict';
import { forEachEngine, PLAIN, type StartVisit } from '../../harness';
import { assertNothingReached, received, until } from '../../third-party-hits';

describe('A frame that the document refuses becomes a placeholder', () => {
  forEachEngine(({ start }) => {
    for (const [what, markup] of [
      ['frame', (url: string) => `<iframe src="${url}" width="400" height="300" style="border: 0"></iframe>`],
      ['object', (url: string) => `<object data="${url}" width="400" height="300"></object>`],
      ['embed', (url: string) => `<embed src="${url}" width="400" height="300">`],
    ] as const) {
      it(`${what}: it says which service it is, keeps the size, and can be allowed`, async () => {
        const { example, tab } = await withFrame(start, markup);
        await tab.page.waitForSelector('cookie-placeholder');
        const { service, text, width, height, left } = await tab.page.$eval('cookie-placeholder', (placeholder) => ({
          service: (placeholder as HTMLElement).dataset.service,
          text: placeholder.textContent,
          width: (placeholder as HTMLElement).offsetWidth,
          height: (placeholder as HTMLElement).offsetHeight,
          left: [...document.querySelectorAll<HTMLElement>('iframe,object,embed')].map(({ offsetWidth, style }) => [
            offsetWidth,
            style.display,
          ]),
        }));
        assert.deepEqual(
          { service, width, height, left },
          { service: 'partner', width: 400, height: 300, left: [[0, '']] },
          'hidden, and otherwise as it was',
        );
        assert.match(text ?? '', /Partner.*Allow/);
        await tab.quiet();
        assertNothingReached(example, 'partner');

        await tab.reloadedBy(() => tab.page.click('cookie-placeholder button'));
        await until(
          () => received(example.thirdParties.partner).some(({ path }) => path === '/frame/one'),
          'the frame was loaded',
        );
        assert.deepEqual(await tab.page.$$('cookie-placeholder'), []);
        assert.equal(await tab.allows('partner'), true);
      });
    }

    it('each its own service’s, where services share an origin and are told apart by paths', async () => {
      const byPath = (policy: { services: { id: string; origins?: string[] }[] }) => {
        const partner = policy.services.find(({ id }) => id === 'partner')!;
        const [origin] = partner.origins!;
        const services = ['maps', 'forms'].map((id) => ({
          ...partner,
          id,
          provider: id,
          origins: [`${origin}/${id}/`],
        }));
        return { ...policy, services: [...policy.services.filter(({ id }) => id !== 'partner'), ...services] };
      };
      const { example, tab } = await start({ editPolicy: byPath });
      const { origin } = example.thirdParties.partner;
      example.page('/frames', {
        body: ['maps', 'forms', 'other']
          .map((path) => `<iframe src="${origin}/${path}/a.html" width="400" height="300"></iframe>`)
          .join(''),
      });
      await tab.visitGuarded(PLAIN);
      const services = () =>
        tab.page.$$eval('cookie-placeholder', (placeholders) =>
          placeholders.map((placeholder) => (placeholder as HTMLElement).dataset.service ?? ''),
        );
      await tab.visit('/frames');
      await tab.page.waitForFunction(() => document.querySelectorAll('cookie-placeholder').length === 3);
      assert.deepEqual(await services(), ['maps', 'forms', '']);
      assertNothingReached(example, 'partner');
      await tab.reloadedBy(() => tab.page.click('cookie-placeholder[data-service=maps] button'));
      await tab.page.waitForFunction(() => document.querySelectorAll('cookie-placeholder').length === 2);
      await tab.quiet();
      assert.deepEqual(await services(), ['forms', '']);
      assert.deepEqual(
        received(example.thirdParties.partner).map(({ path }) => path),
        ['/maps/a.html'],
        'what was allowed is not replaced',
      );
    });

    it('also where it was refused before our script ran, which was loaded with the rest of a bundle', async () => {
      const { example, tab } = await start();
      const { partner } = example.thirdParties;
      const undeclared = partner.origin.replace('127.0.0.1', '127.0.0.2');
      const frames = [`${partner.origin}/frame/one`, `${undeclared}/frame/two`].map(
        (url) => `<iframe src="${url}" width="400" height="300"></iframe>`,
      );
      const text = `<!doctype html><html lang="en"><body>${frames.join('')}<img src="${undeclared}/image/one.svg" alt=""><script defer src="/gatekeeper.js"></script></body></html>`;
      example.route('/late', () => new Response(text, { headers: { 'Content-Type': 'text/html; charset=utf-8' } }));
      await tab.visitGuarded('/late');
      await tab.page.waitForFunction(() => document.querySelectorAll('cookie-placeholder').length === 2);
      assert.deepEqual(
        await tab.page.$$eval('cookie-placeholder', (placeholders) =>
          placeholders.map(({ textContent }) => textContent),
        ),
        ['Partner Allow', new URL(undeclared).host],
      );
      await until(
        async () => (await tab.refusals()).some(({ url }) => url.endsWith('/image/one.svg')),
        'the image was noted',
      );
      assertNothingReached(example, 'partner');
      await tab.reloadedBy(() => tab.page.click('cookie-placeholder button'));
      await until(() => received(partner).some(({ path }) => path === '/frame/one'), 'the frame was loaded');
    });

    for (const [who, markup] of Object.entries({
      'its own markup': (url: string) =>
        `<iframe srcdoc="<a href='${url}?autoplay=1&amp;amp;rel=0'>Play</a>" src="${url}" width="400" height="300"></iframe>`,
      'a link of the page': (url: string) =>
        `<a href="${url}">Play</a><a id="other" href="/cookies" target="player">Other</a><iframe name="player" width="400" height="300"></iframe>
          <script>document.querySelector('a').target = 'player'</script>`,
    }))
      it(`also where the frame was led to it by ${who}, until it shows something else`, async () => {
        const { example, tab } = await withFrame(start, markup);
        await tab.refuseAll();
        await tab.quiet();
        assert.deepEqual(await tab.page.$$('cookie-placeholder'), []);
        const tree = who === 'its own markup' ? tab.page.frames()[1]! : tab.page;
        await tree.click('a');
        const button = await tab.page.waitForSelector('cookie-placeholder[data-service=partner] button');
        assert.equal(await tab.page.$eval('iframe', ({ offsetWidth }) => offsetWidth), 0);
        assertNothingReached(example, 'partner');
        await tab.page.evaluate(() => {
          const other = document.querySelector<HTMLElement>('#other');
          if (other) other.click();
          else document.querySelector('iframe')!.srcdoc = 'Another';
        });
        await tab.page.waitForFunction(() => !document.querySelector('cookie-placeholder'));
        assert.equal(await tab.page.$eval('iframe', ({ offsetHeight }) => offsetHeight >= 300), true);
        await button!.dispose();
      });

    it('but one that the site itself forbids does not', async () => {
      const { example, tab } = await start();
      const headers = { 'Content-Security-Policy': "frame-src 'none'; trusted-types cookie-gatekeeper default" };
      example.page('/forbidding', {
        headers,
        body: `<iframe src="${example.thirdParties.partner.origin}/frame/one" width="400" height="300"></iframe>`,
      });
      await tab.visitGuarded(PLAIN);
      await tab.reloadedBy(() => tab.set({ partner: true }));
      assert.equal(await tab.visit('/forbidding'), 'guarded');
      await tab.quiet();
      assert.deepEqual(await tab.page.$$('cookie-placeholder'), []);
    });

    it('but what is edited has nothing of ours in it, which would be saved, and shows nothing that is refused', async () => {
      const { example, tab } = await start();
      const { partner } = example.thirdParties;
      const frame = (name: string) =>
        `<iframe src="${partner.origin}/frame/${name}" width="400" height="300"></iframe>`;
      const inert = `<iframe data-service="partner" data-src="${partner.origin}/frame/inert" width="400" height="300"></iframe>`;
      const edited = (name: string) => `<p>Text</p><span contenteditable="false">${frame(name)}</span>${inert}`;
      // As editors do it: in the page, and in frames of their own.
      example.page('/editor', {
        body: `<div id="edited" contenteditable>${edited('here')}</div>${frame('beside')}
          <iframe id="written"></iframe><iframe id="designed"></iframe>
          <script>
            const written = document.querySelector('#written').contentDocument;
            written.open();
            written.write('<!doctype html><body contenteditable></body>');
            written.close();
            written.body.innerHTML = ${JSON.stringify(edited('written'))};
            const designed = document.querySelector('#designed').contentDocument;
            designed.designMode = 'on';
            designed.body.innerHTML = ${JSON.stringify(edited('designed'))};
          </script>`,
      });
      const saved = () =>
        tab.page.evaluate(() => [
          document.querySelector('#edited')!.innerHTML,
          ...['#written', '#designed'].map(
            (id) => document.querySelector<HTMLIFrameElement>(id)!.contentDocument!.body.innerHTML,
          ),
        ]);
      const all = ['here', 'written', 'designed'];
      const requests = (name: string) => received(partner).filter(({ path }) => path === `/frame/${name}`).length;
      await tab.visitGuarded(PLAIN);
      await tab.visit('/editor');
      await tab.page.waitForSelector('cookie-placeholder');
      await tab.refuseAll();
      await tab.quiet();
      assert.deepEqual(await saved(), all.map(edited));
      assertNothingReached(example, 'partner');

      // What is being edited is not loaded again by itself.
      await tab.acceptAll();
      await tab.reload();
      await until(() => [...all, 'beside'].every(requests), 'all was loaded');
      await tab.quiet();
      assert.deepEqual(await saved(), all.map(edited));
      await tab.withdraw('partner');
      await tab.page.waitForSelector('cookie-placeholder');
      const isEmpty = async () => tab.page.frames().every((frame) => !frame.url().startsWith(partner.origin));
      await until(isEmpty, 'no frame shows it any more');
      await tab.quiet();
      assert.deepEqual(await saved(), all.map(edited));
      assert.equal(requests('inert'), 0);
    });

    it('of an origin that the policy does not declare: it names the host, and cannot be allowed', async () => {
      const { example, tab } = await start({
        editPolicy: (policy) => ({
          ...policy,
          services: policy.services.filter(({ id }: { id: string }) => id !== 'partner'),
        }),
      });
      example.page('/frame', { body: `<iframe src="${example.thirdParties.partner.origin}/frame/one"></iframe>` });
      await tab.visitGuarded(PLAIN);
      await tab.visit('/frame');
      await tab.page.waitForSelector('cookie-placeholder');
      const { text, buttons } = await tab.page.$eval('cookie-placeholder', (placeholder) => ({
        text: placeholder.textContent,
        buttons: placeholder.querySelectorAll('button').length,
      }));
      assert.match(text ?? '', /127\.0\.0\.1/);
      assert.equal(buttons, 0);
      await tab.quiet();
      assertNothingReached(example, 'partner');
    });
  });
});

async function withFrame(start: StartVisit, markup: (url: string) => string) {
  const visit = await start();
  visit.example.page('/frame', { body: markup(`${visit.example.thirdParties.partner.origin}/frame/one`) });
  await visit.tab.visitGuarded(PLAIN);
  await visit.tab.visit('/frame');
  return visit;
}
