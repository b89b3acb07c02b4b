import assert from 'node:assert/strict';
import { forEachEngine, PLAIN, type StartVisit, type Visit } from './harness';
import { received, until } from './third-party-hits';

/** What a visitor, or a server, sees of one thing that the site does. Compared with us and without us. */
type Observe = (visit: Visit) => Promise<unknown>;

const observations: Record<string, Observe> = {
  'a document that is sent in pieces is shown in pieces': async ({ example, tab }) => {
    let end!: () => void;
    example.route('/pieces', () => {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          const send = (text: string) => controller.enqueue(new TextEncoder().encode(text));
          send(`<!doctype html><title>Pieces</title><p id="first">${'first '.repeat(500)}</p>`);
          end = () => {
            send('<p id="last">last</p>');
            controller.close();
          };
        },
      });
      return html(body);
    });
    const going = tab.page.goto(`${example.origin}/pieces`);
    await tab.page.waitForSelector('#first');
    const early = await tab.page.$('#last');
    end();
    await going;
    return { early, complete: (await tab.page.$('#last')) !== null };
  },

  'documents keep their status, headers and cookies': async ({ example, tab }) => {
    example.route('/teapot', () =>
      html(`<!doctype html><p>short and stout<img src="${example.thirdParties.partner.origin}/image/teapot.svg">`, {
        status: 418,
        headers: {
          // It leads nowhere under this status.
          Location: '/teapot/1',
          'Set-Cookie': 'tea=green; Path=/',
          'X-Own': 'kept',
          'Content-Language': 'fr',
          'Referrer-Policy': 'same-origin',
          'Last-Modified': 'Sat, 01 Jan 2022 00:00:00 GMT',
        },
      }),
    );
    const response = (await tab.page.goto(`${example.origin}/teapot`))!;
    const headers = response.headers();
    return {
      status: response.status(),
      headers: ['x-own', 'content-language', 'referrer-policy', 'content-type'].map((name) => headers[name]),
      cookie: await tab.page.evaluate(() => document.cookie.match(/tea=\w+/)?.[0]),
      text: await tab.page.$eval('p', ({ textContent }) => textContent),
      shown: await tab.page.$eval('img', ({ naturalWidth }) => naturalWidth > 0),
      modified: await tab.page.evaluate(() => new Date(document.lastModified).getUTCFullYear()),
    };
  },

  'parts of files are asked for by range, from the site and from a third party': async ({ example, tab }) => {
    const { origin } = example.thirdParties.partner;
    const parts = await tab.page.evaluate(
      (urls) =>
        Promise.all(
          urls.map(async (url) => {
            const response = await fetch(url, { headers: { Range: 'bytes=8-11' } });
            return [response.status, response.headers.get('content-length'), await response.text()];
          }),
        ),
      ['/demo/chime.wav', `${origin}/sound/range.wav`],
    );
    const played = await tab.page.evaluate(
      (urls) =>
        Promise.all(
          urls.map(
            (url) =>
              new Promise((resolve) => {
                const audio = new Audio(url);
                audio.onloadedmetadata = () => (audio.currentTime = audio.duration / 2);
                audio.onseeked = () => resolve([audio.duration, audio.currentTime]);
                audio.onerror = () => resolve(audio.error?.message);
              }),
          ),
        ),
      ['/demo/chime.wav?played', `${origin}/sound/played.wav`],
    );
    const ranges = received(example.thirdParties.partner)
      .filter(({ path }) => path === '/sound/range.wav')
      .map(({ method }) => method);
    return { parts, played, ranges };
  },

  'third parties get what the page sends: method, body, headers, credentials, referrer': async ({ example, tab }) => {
    const { partner } = example.thirdParties;
    const answers = await tab.page.evaluate(async (origin) => {
      const simple = await fetch(`${origin}/script/simple.js?query=1`, { credentials: 'include' });
      const put = await fetch(`${origin}/script/put.js`, {
        method: 'PUT',
        headers: { 'X-Own': '1', 'Content-Type': 'application/json' },
        body: '{}',
      }).catch(String);
      const opaque = await fetch(`${origin}/image/opaque.svg`, { mode: 'no-cors' });
      return [
        simple.type,
        simple.status,
        await simple.text(),
        String(put instanceof Response && put.status),
        opaque.type,
      ];
    }, partner.origin);
    await until(() => received(partner).some(({ path }) => path === '/image/opaque.svg'), 'all was sent');
    const sent = received(partner)
      .map(({ method, path, query, referer, origin }) => [
        method,
        path,
        query,
        referer === `${example.origin}/`,
        origin === example.origin,
      ])
      .sort();
    return { answers, sent };
  },
};

describe('With everything granted, the site behaves as without us', () => {
  forEachEngine(({ start }) => {
    for (const [what, observe] of Object.entries(observations)) {
      it(what, async () => {
        assert.deepEqual(await observe(await withUs(start)), await observe(await withoutUs(start)));
      });
    }
  });
});

async function withUs(start: StartVisit): Promise<Visit> {
  const visit = await start();
  await visit.tab.visitGuarded('/cookies');
  await visit.tab.reloadedBy(() => visit.tab.acceptAll());
  await visit.tab.visit(PLAIN);
  return visit;
}

async function withoutUs(start: StartVisit): Promise<Visit> {
  const visit = await start({ lock: 'none', editFile: () => '' });
  await visit.tab.visit(PLAIN);
  return visit;
}

function html(
  body: BodyInit,
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
): Response {
  return new Response(body, { status, headers: { 'Content-Type': 'text/html; charset=utf-8', ...headers } });
}
