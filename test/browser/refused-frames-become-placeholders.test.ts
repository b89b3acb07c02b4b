import assert from 'node:assert/strict';
import { forEachEngine, PLAIN, type StartVisit } from './harness';
import { assertNothingReached, received, until } from './third-party-hits';

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
