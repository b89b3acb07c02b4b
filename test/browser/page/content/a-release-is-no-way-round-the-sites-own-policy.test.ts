import assert from 'node:assert/strict';
import { forEachEngine, PLAIN, type StartVisit } from '../../harness';
import { hits, received, until } from '../../third-party-hits';

const NONCE = 'of-this-page';
const DYNAMIC = `script-src 'nonce-${NONCE}' 'strict-dynamic'`;
/** Works as what is permitted does; the last of what is put in, so that the others had their turn. */
const LAST = `<script type="text/plain" data-service="partner" nonce="${NONCE}">ran.push('last')</script>`;

/** Texts that somebody may get into a page where it takes them for markup. */
const injected = (origin: string) => `
  <script type="text/plain" data-category="necessary">ran.push('necessary')</script>
  <script type="text/plain" data-service="partner">ran.push('inline')</script>
  <script type="text/plain" data-service="partner" data-requiremodule="any">ran.push('of a module')</script>
  <script type="text/plain" data-service="partner" nonce="guessed">ran.push('guessed')</script>
  <script type="text/plain" data-service="partner" data-type="module">ran.push('module')</script>
  <script type="text/plain" data-service="partner" src="${origin}/script/external.js"></script>
  <script type="text/plain" data-service="partner" data-src="${origin}/script/named.js"></script>
  <script src="${origin}/script/refused.js"></script>
  <img src="${origin}/script/refused.js">
  <script type="text/plain" data-service="partner" data-src="data:text/javascript,ran.push('data')" nonce="${NONCE}"></script>
  <script src="data:text/javascript,ran.push('data, refused')" href="${origin}/script/refused.js" nonce="${NONCE}"></script>
  <script type="text/plain" data-service="partner" title="<script" nonce="${NONCE}">ran.push('dangling')</script>
  <svg><script type="text/plain" data-service="partner" href="data:text/javascript,ran.push('svg')">ran.push('svg')</script></svg>`;

/** Addresses that are code, in whatever would load them. */
const coded = (origin: string) => {
  const codes = [
    'javascript:parent.ran.push(1)',
    ' java\n\tscript:parent.ran.push(2)',
    'data:text/html,<script src=&quot;ORIGIN/script/data.js&quot;></script>'.replace('ORIGIN', origin),
    'https://[',
  ];
  const inert = codes.flatMap((code) => [
    `<iframe data-service="partner" data-src="${code}" width="300" height="150"></iframe>`,
    `<embed data-service="partner" data-src="${code}">`,
    `<object data-service="partner" data-data="${code}"></object>`,
    `<link data-service="partner" rel="stylesheet" data-href="${code}">`,
  ]);
  return `${inert.join('')}<iframe data-service="partner" data-src="${origin}/frame/inert" width="300" height="150"></iframe>`;
};

describe('A release is no way round the site’s own policy', () => {
  forEachEngine(({ start }) => {
    it('what was put in as markup does not run without the nonce that it would have needed', async () => {
      const { tab, partner } = await opened(
        start,
        DYNAMIC,
        `<script nonce="${NONCE}">ran = []; requirejs = () => ran.push('required'); requirejs.undef = () => {}; document.body.insertAdjacentHTML('beforeend', decodeURIComponent('INJECTED'))</script>`,
        (origin) => injected(origin) + LAST,
      );
      await tab.set({ partner: true });
      await tab.page.waitForFunction(() => (window as unknown as { ran: string[] }).ran.includes('last'));
      await tab.quiet();
      assert.deepEqual(await ran(tab), ['last']);
      assert.deepEqual(
        received(partner)
          .map(({ path }) => path)
          .filter((path) => path !== '/script/refused.js'),
        [],
      );
      assert.ok(received(partner).length <= 1, 'only as an image');
    });

    it('nor what stood in the page itself; what has the nonce runs, from wherever it is', async () => {
      const named = (origin: string) => `
        <script type="text/plain" data-service="partner" nonce="${NONCE}" src="${origin}/script/external.js"></script>
        <script nonce="${NONCE}" src="${origin}/script/refused.js"></script>`;
      const { tab, partner } = await opened(
        start,
        DYNAMIC,
        '',
        (origin) =>
          `<script nonce="${NONCE}">ran = []</script>${injected(origin).replace(/<img.*|<script src="data:.*/g, '')}${named(origin)}${LAST}`,
      );
      await tab.set({ partner: true });
      await tab.page.waitForFunction(() => (window as unknown as { ran: string[] }).ran.includes('last'));
      await tab.quiet();
      assert.deepEqual(await ran(tab), ['external', 'refused', 'last']);
      assert.equal(hits(partner), 2);
    });

    it('where the policy lists hosts instead, the browser decides as it would have', async () => {
      const { tab, partner } = await opened(
        start,
        (origin) => `script-src 'self' 'nonce-${NONCE}' ${origin}/script/external.js`,
        '',
        (origin) =>
          `<script nonce="${NONCE}">ran = []</script>${injected(origin).replace(/<script src="data:.*/, '')}${LAST}`,
      );
      await tab.set({ partner: true });
      await tab.page.waitForFunction(() => (window as unknown as { ran: string[] }).ran.includes('last'));
      await tab.quiet();
      assert.deepEqual(await ran(tab), ['external', 'last']);
      assert.deepEqual(
        received(partner)
          .map(({ path }) => path)
          .filter((path) => path !== '/script/refused.js'),
        ['/script/external.js'],
      );
    });

    it('and an address that is code is none, in frames and whatever else is held back', async () => {
      const { tab, partner } = await opened(start, undefined, '<script>ran = []</script>', coded);
      await tab.reloadedBy(() => tab.set({ partner: true }));
      await until(
        () => received(partner).some(({ path }) => path === '/frame/inert'),
        'the frame with an address of the web was loaded',
      );
      await tab.quiet();
      assert.deepEqual(await ran(tab), []);
      assert.equal(hits(partner), 1);
      assert.equal(
        await tab.page.evaluate(
          () => [...document.querySelectorAll('iframe')].filter((frame) => frame.hasAttribute('src')).length,
        ),
        1,
      );
    });
  });
});

function ran({ page }: Awaited<ReturnType<StartVisit>>['tab']): Promise<string[]> {
  return page.evaluate(() => (window as unknown as { ran: string[] }).ran);
}

/** @param body in which `INJECTED` stands for the markup; without it, that follows */
async function opened(
  start: StartVisit,
  policy: string | ((origin: string) => string) | undefined,
  body: string,
  markup: (origin: string) => string,
) {
  const { tab, example } = await start({ policy: { wall: 'live' } });
  const { partner } = example.thirdParties;
  const text = body.includes('INJECTED')
    ? body.replace('INJECTED', encodeURIComponent(markup(partner.origin)).replaceAll("'", '%27'))
    : body + markup(partner.origin);
  example.route('/page', () => {
    const own = typeof policy === 'function' ? policy(partner.origin) : policy;
    return new Response(
      `<!doctype html><html lang="en"><head><script nonce="${NONCE}" src="/gatekeeper.js"></script></head><body>${text}</body></html>`,
      {
        headers: { 'Content-Type': 'text/html; charset=utf-8', ...(own && { 'Content-Security-Policy': own }) },
      },
    );
  });
  await tab.visit(PLAIN);
  assert.equal(await tab.visit('/page'), 'guarded');
  return { tab, partner };
}
