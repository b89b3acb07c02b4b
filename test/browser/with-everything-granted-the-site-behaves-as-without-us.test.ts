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

  'navigations follow redirects, setting cookies on the way': async ({ example, tab }) => {
    const step = (to: string, cookie: string) =>
      new Response(null, { status: 302, headers: { Location: to, 'Set-Cookie': `${cookie}; Path=/` } });
    example.route('/from', () => step('/over', 'one=1'));
    example.route('/over', () => step('/to?query#fragment', 'two=2'));
    example.route('/to', ({ headers }) =>
      html(
        `<!doctype html><pre>${headers
          .get('cookie')
          ?.match(/(one|two)=\d/g)
          ?.sort()}</pre>`,
      ),
    );
    await tab.page.goto(`${example.origin}/from`);
    return {
      url: tab.page.url().replace(example.origin, ''),
      sent: await tab.page.$eval('pre', ({ textContent }) => textContent),
      redirects: await tab.page.evaluate(
        () => (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming).type,
      ),
    };
  },

  'fetches follow redirects, or tell of them': ({ tab }) =>
    tab.page.evaluate(async () => {
      const followed = await fetch('/demo/redirect/2');
      const manual = await fetch('/demo/redirect/2', { redirect: 'manual' });
      const error = await fetch('/demo/redirect/2', { redirect: 'error' }).catch(({ name }) => name);
      return [followed.redirected, new URL(followed.url).pathname, await followed.text(), manual.type, error];
    }),

  'forms are posted as they are filled in': async ({ example, tab }) => {
    example.route('/posted', async (request) => {
      const form = [...(await request.formData())].map(([name, value]) => [
        name,
        typeof value === 'string' ? value : [value.name, value.size],
      ]);
      const headers = [
        'origin',
        'sec-fetch-site',
        'sec-fetch-mode',
        'sec-fetch-dest',
        'sec-fetch-user',
        'upgrade-insecure-requests',
      ].map((name) => request.headers.get(name)?.replace(/\d+$/, 'port'));
      const type = request.headers.get('content-type')?.replace(/boundary=.*/, 'boundary');
      return html(
        `<!doctype html><pre>${JSON.stringify({ method: request.method, type, form, headers, referer: request.headers.get('referer')?.replace(/.*\d/, '') })}</pre>`,
      );
    });
    const results: unknown[] = [];
    for (const enctype of ['application/x-www-form-urlencoded', 'multipart/form-data']) {
      example.page('/form', {
        body: `<form method="post" action="/posted" enctype="${enctype}"><input name="accents" value="été &amp; hiver"><input name="file" type="file"><button>Send</button></form>`,
      });
      await tab.page.goto(`${example.origin}/form`);
      await Promise.all([tab.page.waitForNavigation(), tab.page.click('button')]);
      results.push(await tab.page.$eval('pre', ({ textContent }) => textContent));
    }
    return results;
  },

  'what other sites link to, or post to, is sent with the cookies and the origin that it should be': async ({
    example,
    tab,
  }) => {
    const seen: unknown[] = [];
    example.route('/cookies-set', () => {
      const headers = new Headers({ 'Content-Type': 'text/html' });
      for (const sameSite of ['Strict', 'Lax'])
        headers.append('Set-Cookie', `${sameSite}=1; Path=/; SameSite=${sameSite}`);
      return new Response('<!doctype html>', { headers });
    });
    example.route('/reached', ({ method, headers }) => {
      const sent = ['Strict', 'Lax'].filter((name) => headers.get('cookie')?.includes(`${name}=1`));
      // Firefox calls what passes a worker same-origin, wherever it comes from; what is posted does not pass ours.
      const site = method === 'POST' && headers.get('sec-fetch-site');
      seen.push([method, sent, headers.get('origin')?.replace(/\d+$/, ''), site]);
      return html('<!doctype html><p>reached');
    });
    await tab.page.goto(`${example.origin}/cookies-set`);
    for (const method of ['get', 'post']) {
      await tab.page.goto(`${example.thirdParties.partner.origin}/frame/elsewhere`);
      await tab.page.evaluate(
        (method, action) => {
          const form = document.createElement('form');
          Object.assign(form, { method, action });
          document.body.append(form);
          form.submit();
        },
        method,
        `${example.origin}/reached`,
      );
      await tab.page.waitForFunction(() => document.querySelector('p')?.textContent === 'reached');
    }
    return seen;
  },

  'uploads arrive whole, and tell how far they are': ({ tab }) =>
    tab.page.evaluate(async () => {
      const bytes = new Uint8Array(2_000_000).map((_, index) => index);
      const request = new XMLHttpRequest();
      let progress = 0;
      request.upload.onprogress = ({ loaded }) => (progress = loaded);
      request.open('POST', '/demo/upload');
      request.setRequestHeader('Content-Type', 'application/octet-stream');
      await new Promise((resolve) => {
        request.onloadend = resolve;
        request.send(bytes);
      });
      return { answer: JSON.parse(request.responseText), progress };
    }),

  'streams arrive in pieces, and can be given up': ({ tab }) =>
    tab.page.evaluate(async () => {
      const controller = new AbortController();
      const reader = (await fetch('/demo/stream', { signal: controller.signal })).body!.getReader();
      const first = new TextDecoder().decode((await reader.read()).value);
      controller.abort();
      const end = await reader.read().catch(({ name }) => name);
      return { first, end };
    }),

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

  'history, scrolling and the back/forward cache work': async ({ example, tab }) => {
    let documents = 0;
    example.route('/long', () => {
      documents++;
      return html(
        '<!doctype html><script src="/gatekeeper.js"></script><title>Long</title><p style="height: 5000px">long</p><a href="/cookies">away</a>',
      );
    });
    const { page } = tab;
    await page.goto(`${example.origin}/long`);
    await page.evaluate(() => {
      history.pushState({ step: 1 }, '', '?step=1');
      history.replaceState({ step: 2 }, '', '?step=2');
      history.scrollRestoration = 'auto';
      window.scrollTo(0, 2500);
      window.addEventListener(
        'pageshow',
        ({ persisted }) => ((window as { persisted?: boolean }).persisted = persisted),
      );
    });
    await page.goto(`${example.origin}/cookies`);
    await page.evaluate(() => history.back());
    await page.waitForFunction(() => 'persisted' in window);
    const back = await page.evaluate(() => [
      location.search,
      history.state,
      Math.round(scrollY),
      (window as { persisted?: boolean }).persisted,
    ]);
    await page.evaluate(() => history.back());
    await page.waitForFunction(() => location.search === '');
    await page.evaluate(() => history.forward());
    await page.waitForFunction(() => location.search === '?step=2');
    return { back, documents };
  },

  'frames, workers and modules of the site’s own run': async ({ example, tab }) => {
    const script = (text: string) => new Response(text, { headers: { 'Content-Type': 'text/javascript' } });
    example.page('/inner', { body: '<script>parent.postMessage("frame", "*")</script>' });
    example.route('/worker.js', () => script('postMessage("worker")'));
    example.route('/shared.js', () => script('onconnect = ({ ports: [port] }) => port.postMessage("shared worker")'));
    example.route('/module.js', () => script('import { name } from "./imported.js"; window.ran = name'));
    example.route('/imported.js', () => script('export const name = "module"'));
    example.page('/outer', { body: '<script type="module" src="/module.js"></script>' });
    await tab.page.goto(`${example.origin}/outer`);
    return tab.page.evaluate(async () => {
      const fromFrame = new Promise((resolve) => window.addEventListener('message', ({ data }) => resolve(data)));
      const frame = document.createElement('iframe');
      frame.src = '/inner';
      document.body.append(frame);
      const inline = URL.createObjectURL(new Blob(['postMessage("blob worker")'], { type: 'text/javascript' }));
      const senders = [new Worker('/worker.js'), new SharedWorker('/shared.js').port, new Worker(inline)];
      const fromWorkers = senders.map(
        (sender) => new Promise((resolve) => (sender.onmessage = ({ data }) => resolve(data))),
      );
      return [await fromFrame, ...(await Promise.all(fromWorkers)), (window as { ran?: string }).ran];
    });
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
