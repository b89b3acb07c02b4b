/**
 * What a page of the site sees, found out by its own scripts: each function runs in a page, as its text. It may use
 * nothing from outside of itself.
 * @param other origin of a necessary service
 */
export const inPage: Record<string, (other: string) => unknown> = {
  'statuses of fetches': () =>
    Promise.all(
      [200, 204, 205, 304, 401, 403, 404, 410, 429, 500, 503, 599].map(async (status) => {
        const { ok, type, url, redirected, statusText, headers, body } = await fetch(`/echo?status=${status}`);
        return [
          status,
          ok,
          type,
          new URL(url).pathname,
          redirected,
          statusText,
          headers.get('x-own'),
          [...headers.keys()].sort(),
          body === null,
        ];
      }),
    ),
  'a status beyond those of HTTP': () => fetch('/status/600').then(({ status, type }) => [status, type], String),
  'redirects of fetches': () =>
    Promise.all(
      (['follow', 'manual', 'error'] as const).flatMap((redirect) =>
        ['/to-echo', '/to-echo-307', '/to-itself'].map(async (path) => {
          try {
            const response = await fetch(path, { redirect });
            return [
              redirect,
              path,
              response.type,
              response.status,
              response.url && new URL(response.url).pathname,
              response.redirected,
            ];
          } catch (error) {
            return [redirect, path, (error as Error).name];
          }
        }),
      ),
    ),
  'methods and bodies': () => {
    const form = new FormData();
    form.append('text', 'été');
    form.append('file', new File(['content'], 'résumé.txt', { type: 'text/plain' }));
    const bodies: [string, BodyInit | undefined][] = [
      ['POST', 'text'],
      ['POST', form],
      ['POST', new URLSearchParams({ a: 'é' })],
      ['POST', new Blob(['blob'], { type: 'x/y' })],
      ['POST', new Uint8Array(100_000)],
      ['POST', ''],
      ['PUT', '{}'],
      ['PATCH', '{}'],
      ['DELETE', undefined],
      ['OPTIONS', undefined],
      ['HEAD', undefined],
    ];
    return Promise.all(bodies.map(async ([method, body]) => (await fetch('/echo?bodies', { method, body })).text()));
  },
  'what is posted, over redirects': () =>
    Promise.all(
      ['/to-echo', '/to-echo-307'].map(async (path) => (await fetch(path, { method: 'POST', body: 'posted' })).text()),
    ),
  'a streaming upload': async () => {
    const body = new Blob(['a'.repeat(50_000)]).stream();
    return fetch('/echo?streamed', { method: 'POST', body, duplex: 'half' } as RequestInit).then(
      (response) => response.text(),
      ({ name }) => name,
    );
  },
  'an upload with its progress, by XMLHttpRequest': () =>
    new Promise((resolve) => {
      const request = new XMLHttpRequest();
      const events: string[] = [];
      for (const type of ['loadstart', 'load', 'error', 'loadend']) {
        request.addEventListener(type, () => events.push(type));
        request.upload.addEventListener(type, () => events.push(`upload ${type}`));
      }
      let most = 0;
      request.upload.addEventListener('progress', ({ loaded }) => (most = loaded));
      request.addEventListener('loadend', () =>
        resolve([
          events,
          most,
          request.status,
          request.responseURL.replace(/.*\d\//, ''),
          request.getAllResponseHeaders().replace(/date:.*\r\n/, ''),
          request.responseText,
        ]),
      );
      request.open('POST', '/echo?progress');
      request.send(new Blob(['b'.repeat(1_000_000)]));
    }),
  'a request that nothing waits for': () => {
    const request = new XMLHttpRequest();
    request.open('GET', '/own.txt?synchronous', false);
    request.send();
    return [request.status, request.responseText];
  },
  'a stream, in pieces': async () => {
    const reader = (await fetch('/stream')).body!.getReader();
    const read = async () => new TextDecoder().decode((await reader.read()).value);
    const first = await read();
    await fetch('/stream/rest');
    return [first, await read()];
  },
  'a stream that is given up': async () => {
    const controller = new AbortController();
    const reader = (await fetch('/endless', { signal: controller.signal })).body!.getReader();
    await reader.read();
    controller.abort();
    return reader.read().catch(({ name }) => name);
  },
  'a request that is given up before it is sent': () =>
    fetch('/given-up', { signal: AbortSignal.abort() }).catch(({ name }) => name),
  'a request that takes too long': () =>
    fetch('/endless', { signal: AbortSignal.timeout(100) })
      .then((response) => response.text())
      .catch(({ name }) => /Abort|Timeout/.test(name)),
  'an answer that is cut off': () =>
    fetch('/cut-off')
      .then((response) => response.text())
      .catch(({ name }) => name),
  'a connection that fails': () => fetch('/refused-connection').catch(({ name, message }) => [name, message]),
  'a fetch that outlives its page, and a beacon': async () => {
    const { status } = await fetch('/echo?keepalive', { keepalive: true, method: 'POST', body: 'kept' });
    return [status, navigator.sendBeacon('/echo?beacon', 'beacon')];
  },
  'events of the server, over a broken connection': () =>
    new Promise((resolve) => {
      const source = new EventSource('/events');
      const heard: unknown[] = [];
      source.addEventListener('news', ({ data, lastEventId }) => {
        heard.push([data, lastEventId]);
        if (heard.length < 2) return;
        source.close();
        resolve(heard);
      });
    }),
  'no events of the server': () =>
    new Promise((resolve) => {
      const source = new EventSource('/no-events');
      source.onerror = () => resolve(source.readyState);
    }),
  ranges: async () => {
    const { status, headers } = await fetch('/sound.wav', { headers: { Range: 'bytes=8-11' } });
    const audio = new Audio('/sound.wav?played');
    const played = await new Promise((resolve) => {
      audio.onloadedmetadata = () => (audio.currentTime = audio.duration / 2);
      audio.onseeked = () => resolve([audio.duration, audio.currentTime]);
      audio.onerror = () => resolve(audio.error?.message);
    });
    return [status, headers.get('content-range'), played];
  },
  'answers that are kept': async () => {
    const read = async (path: string, cache: RequestCache = 'default') =>
      (await fetch(path, { cache })).text().catch(({ name }) => name);
    const paths = ['/revalidated', '/minute'];
    const answers: unknown[] = [];
    for (const path of paths)
      answers.push(
        await read(path),
        await read(path),
        await read(path, 'reload'),
        await read(path, 'force-cache'),
        await read(path, 'no-store'),
      );
    answers.push(
      await fetch('/minute', { cache: 'only-if-cached', mode: 'same-origin' }).then(
        (response) => response.text(),
        String,
      ),
    );
    return answers;
  },
  'cookies that answers set': async () => {
    await fetch('/echo?cookies');
    const omitted = await fetch('/echo?without', { credentials: 'omit' });
    return [document.cookie.includes('echoed=1'), omitted.status];
  },
  'images, styles, scripts and fonts': async () => {
    const added = (element: HTMLElement) =>
      new Promise((resolve) => {
        element.onload = () => resolve('load');
        element.onerror = () => resolve('error');
        document.head.append(element);
      });
    const make = <K extends keyof HTMLElementTagNameMap>(name: K, properties: object) =>
      Object.assign(document.createElement(name), properties);
    const image = make('img', { src: '/image.svg' });
    const events = [
      await added(image),
      await added(make('img', { src: '/image.svg?gone' })),
      await added(make('img', { src: '/nowhere.png' })),
      await added(make('img', { src: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=' })),
      await added(make('link', { rel: 'stylesheet', href: '/style.css' })),
      await added(make('script', { src: '/classic.js' })),
      await added(make('script', { src: '/module.js', type: 'module' })),
      await added(make('script', { src: '/nowhere.js' })),
    ];
    const style = getComputedStyle(document.documentElement);
    const { ranClassic, ranModule } = window as unknown as Record<string, unknown>;
    const module: string = '/v2/where.js';
    const { where } = (await import(module)) as { where: string };
    const evaluated = document.createElement('script');
    evaluated.text = 'window.evaluated = new Function("return 1 + eval(1)")()';
    document.head.append(evaluated);
    return [
      events,
      image.naturalWidth,
      style.getPropertyValue('--own'),
      style.getPropertyValue('--imported'),
      ranClassic,
      ranModule,
      where.replace(/.*\d\//, ''),
      (window as unknown as Record<string, unknown>)['evaluated'],
    ];
  },
  workers: () => {
    const blob = (text: string) => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
    const started: Record<string, () => Worker | SharedWorker> = {
      classic: () => new Worker('/worker-classic.js', { name: 'own' }),
      module: () => new Worker('/worker-module.js', { type: 'module' }),
      nested: () => new Worker('/worker-nested.js'),
      shared: () => new SharedWorker('/worker-shared.js'),
      blob: () => new Worker(blob('postMessage([self.origin.length > 0, location.protocol])')),
      'shared blob': () =>
        new SharedWorker(blob('onconnect = ({ ports: [port] }) => port.postMessage(location.protocol)')),
      'moved classic': () => new Worker('/worker-moved-classic.js'),
      'moved module': () => new Worker('/worker-moved-module.js', { type: 'module' }),
      'moved shared': () => new SharedWorker('/worker-moved-shared.js'),
      throwing: () => new Worker('/worker-throws.js'),
      'typed wrongly': () => new Worker('/worker-typed-wrongly.js'),
      gone: () => new Worker('/worker-gone.js'),
      'shared and gone': () => new SharedWorker('/worker-gone.js?shared'),
      'with a fragment': () => new Worker('/worker-classic.js#fragment'),
    };
    return Promise.all(
      Object.entries(started).map(
        ([name, start]) =>
          new Promise((resolve) => {
            setTimeout(resolve, 12_000, [name, 'silent']);
            const worker = start();
            worker.onerror = (event) => resolve([name, 'error', event.message, event.filename?.replace(/\d+/, '')]);
            ('port' in worker ? worker.port : worker).onmessage = ({ data }: MessageEvent) => resolve([name, data]);
          }),
      ),
    );
  },
  'frames of the site’s own': async () => {
    const heard: unknown[] = [];
    window.addEventListener('message', ({ data, origin, source }) =>
      heard.push([
        [...document.querySelectorAll('iframe')].find((frame) => frame.contentWindow === source)?.id,
        data,
        origin.replace(/\d+/, ''),
      ]),
    );
    const tell = `<script>parent.postMessage(self.origin.replace(/\\d+/, ''), '*')<\/script>`;
    const frames: Record<string, Record<string, string>> = {
      own: { src: '/inner', name: 'named' },
      redirected: { src: '/inner-by-redirect' },
      fragment: { src: '/inner?asked#fragment' },
      lazy: { src: '/inner?lazy', loading: 'lazy' },
      denied: { src: '/inner-denied' },
      gone: { src: '/inner-gone' },
      odd: { src: '/inner-odd-status' },
      silent: { src: '/inner?silent', referrerpolicy: 'no-referrer' },
      sandboxed: { src: '/inner?sandboxed', sandbox: 'allow-scripts' },
      'sandboxed same': { src: '/inner?same', sandbox: 'allow-scripts allow-same-origin' },
      srcdoc: { srcdoc: tell },
      data: { src: `data:text/html,${encodeURIComponent(tell)}` },
      blob: { src: URL.createObjectURL(new Blob([tell], { type: 'text/html' })) },
      blank: { src: 'about:blank' },
      pdf: { src: '/file/pdf' },
      empty: {},
    };
    const loads = Object.entries(frames).map(
      ([id, attributes]) =>
        new Promise((resolve) => {
          const frame = document.createElement('iframe');
          let count = 0;
          frame.addEventListener('load', () =>
            resolve([
              id,
              ++count,
              attempt(() => frame.contentDocument?.location.href.replace(/^blob:.*/, 'blob:')),
              attempt(() => frame.contentWindow!.length),
            ]),
          );
          frame.id = id;
          for (const [name, value] of Object.entries(attributes)) frame.setAttribute(name, value);
          document.body.append(frame);
        }),
    );
    function attempt(read: () => unknown) {
      try {
        return read();
      } catch (error) {
        return (error as Error).name;
      }
    }
    const loaded = await Promise.all(loads);
    const embedded = await Promise.all(
      [
        Object.assign(document.createElement('object'), { data: '/inner?object', type: 'text/html' }),
        Object.assign(document.createElement('object'), { data: '/image.svg?object' }),
        Object.assign(document.createElement('object'), { data: '/nowhere' }),
        Object.assign(document.createElement('embed'), { src: '/image.svg?embed' }),
      ].map(
        (element) =>
          new Promise((resolve) => {
            element.addEventListener('load', () => resolve('load'));
            element.addEventListener('error', () => resolve('error'));
            document.body.append(element);
          }),
      ),
    );
    const posted = new Promise((resolve) =>
      window.addEventListener('message', ({ data }) => data.method && resolve(data)),
    );
    document.body.insertAdjacentHTML(
      'beforeend',
      '<iframe name="posted"></iframe><form method="post" action="/inner-posted" target="posted"><input name="field" value="value"></form>',
    );
    document.forms[document.forms.length - 1]!.submit();
    return { loaded, embedded, posted: await posted, heard: heard.map((one) => JSON.stringify(one)).sort() };
  },
  'built-in functions and objects': () => {
    const { Worker: worker } = window;
    const functions = {
      fetch,
      XMLHttpRequest,
      Worker,
      SharedWorker,
      WebSocket,
      EventSource,
      Image,
      Audio,
      open,
      pushState: history.pushState,
      replaceState: history.replaceState,
      appendChild: Node.prototype.appendChild,
      setAttribute: Element.prototype.setAttribute,
      attachShadow: Element.prototype.attachShadow,
      write: document.write,
      sendBeacon: navigator.sendBeacon,
      register: navigator.serviceWorker?.register,
    };
    return [
      Object.entries(functions).map(([name, { name: called, length }]) => [name, called, length]),
      Object.entries(functions)
        .filter(([, one]) => !/\[native code\]/.test(Function.prototype.toString.call(one)))
        .map(([name]) => name),
      new worker(URL.createObjectURL(new Blob([]))) instanceof Worker,
      Object.getOwnPropertyNames(window)
        .filter((name) => !/gatekeeper/i.test(name))
        .sort()
        .filter((name) => !/^(ran|\d)/.test(name)).length > 0,
      Object.keys(window)
        .filter((name) => !/gatekeeper/i.test(name))
        .sort(),
    ];
  },
  'what the site finds stored': async () => {
    const isOthers = (name: string | null | undefined) => !/gatekeeper/.test(name ?? '');
    return [
      Object.keys(localStorage).filter(isOthers),
      Object.keys(sessionStorage).filter(isOthers),
      (await indexedDB.databases()).map(({ name }) => name).filter(isOthers),
      await caches.keys(),
    ];
  },
  'the document’s own tree': () =>
    [...document.querySelectorAll('head > *')].filter(({ outerHTML }) => !/gatekeeper/.test(outerHTML)).length > 0 && [
      document.documentElement.getAttributeNames(),
      document.body?.getAttributeNames(),
    ],
  'what others answer: a necessary service': async (other) => {
    const read = (path: string, init?: RequestInit) =>
      fetch(other + path, init).then(
        async (response) => [
          response.type,
          response.status,
          response.redirected,
          response.url.replace(/.*\d\//, ''),
          [...response.headers.keys()].sort(),
          await response.text(),
        ],
        ({ name }) => name,
      );
    return [
      await read('/text?simple'),
      await read('/text?credentials', { credentials: 'include' }),
      await read('/text?opaque', { mode: 'no-cors' }),
      await read('/text?put', {
        method: 'PUT',
        body: '{}',
        headers: { 'X-Own': '1', 'Content-Type': 'application/json' },
      }),
      await read('/to-text'),
      await read('/to-text', { redirect: 'manual' }),
      await read('/to-text', { redirect: 'error' }),
      await read('/gone'),
      await read('/text?integrity', { integrity: 'sha256-AAAA' }),
    ];
  },
};
