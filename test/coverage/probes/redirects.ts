import type { Probe } from '../probe';

/**
 * One thing loaded from an address that redirects to the third party: an address of the site, and one of the
 * other declared service. A worker sees only the first step of a redirect.
 */
function redirected(
  id: string,
  title: string,
  file: string,
  how: 'html' | 'script',
  use: (from: string) => string,
): Probe[] {
  return [
    {
      id: `redirect-${id}`,
      title: `redirect by the site: ${title}`,
      closedBy: 'wall',
      [how]: ({ own }: { own(file: string): string }) => use(own(file)),
      site: ({ url }) => ({ [file]: { status: 307, headers: { location: url(file) } } }),
    },
    {
      id: `redirect-by-other-${id}`,
      title: `redirect by another service: ${title}`,
      closedBy: 'wall',
      [how]: ({ redirectedByOther }: { redirectedByOther(file: string): string }) => use(redirectedByOther(file)),
    },
  ];
}

/** From a permitted service to a refused one, both without credentials: the worker itself sends that, and follows. */
function quiet(
  id: string,
  title: string,
  how: 'html' | 'script',
  file: string,
  use: (from: string) => string,
): Probe[] {
  return [
    {
      id: `redirect-quiet-${id}`,
      title: `redirect between services without credentials: ${title}`,
      closedBy: 'wall',
      ...(how === 'html' && { staysClosed: 'webkit', reason: 'WebKit would follow it past the lock of the worker' }),
      [how]: ({ redirectedByQuiet }: { redirectedByQuiet(file: string): string }) => use(redirectedByQuiet(file)),
    },
  ];
}

/** Redirects from what is permitted to the third party. */
export const redirects: Probe[] = [
  ...redirected('script', 'script', 'a.js', 'html', (from) => `<script src="${from}"></script>`),
  ...redirected('style', 'style sheet', 'a.css', 'html', (from) => `<link rel="stylesheet" href="${from}">`),
  ...redirected('image', 'image', 'a.png', 'html', (from) => `<img src="${from}">`),
  ...redirected('audio', 'audio', 'a.wav', 'html', (from) => `<audio preload="auto" src="${from}"></audio>`),
  ...redirected('frame', 'frame', 'a.html', 'html', (from) => `<iframe src="${from}"></iframe>`),
  ...redirected('object', 'object', 'a.html', 'html', (from) => `<object type="text/html" data="${from}"></object>`),
  ...redirected('preload', 'preload', 'a.js', 'html', (from) => `<link rel="preload" as="script" href="${from}">`),
  ...redirected('prefetch', 'prefetch', 'a.js', 'html', (from) => `<link rel="prefetch" href="${from}">`),
  ...redirected(
    'font',
    'font',
    'a.woff2',
    'script',
    (from) => `await new FontFace('redirected', 'url(${from})').load();`,
  ),
  ...redirected('fetch', 'fetch', 'a.txt', 'script', (from) => `await fetch('${from}');`),
  ...redirected(
    'fetch-no-cors',
    'fetch with `no-cors`',
    'a.txt',
    'script',
    (from) => `await fetch('${from}', { mode: 'no-cors' });`,
  ),
  ...redirected(
    'keepalive',
    'keepalive fetch',
    'a.txt',
    'script',
    (from) => `await fetch('${from}', { keepalive: true });`,
  ),
  ...redirected(
    'xhr',
    'XMLHttpRequest',
    'a.txt',
    'script',
    (from) =>
      `const request = new XMLHttpRequest(); request.open('GET', '${from}'); request.send(); await settled(request);`,
  ),
  ...redirected(
    'events',
    'EventSource',
    'a.events',
    'script',
    (from) => `const source = new EventSource('${from}'); await settled(source); source.close();`,
  ),
  ...redirected('beacon', 'beacon', 'a.txt', 'script', (from) => `navigator.sendBeacon('${from}', 'text');`),
  ...redirected(
    'ping',
    '`<a ping>`',
    'a.txt',
    'script',
    (from) => `insert('<a href="#ping" ping="${from}">text</a>').click();`,
  ),
  ...redirected(
    'form',
    'form POST into a frame',
    'a.html',
    'script',
    (from) =>
      `await frame('name="${from}"'); insert('<form method="post" target="${from}" action="${from}"></form>').submit();`,
  ),
  ...redirected('import', '`import()`', 'a.js', 'script', (from) => `await import('${from}');`),
  {
    id: 'redirect-import-scripts',
    title: 'redirect by the site: `importScripts` in a worker of the site',
    closedBy: 'wall',
    script: ({ own }) => `await settled(new Worker('${own('worker.js')}'));`,
    site: ({ url }) => ({
      'worker.js': `try { importScripts('a.js'); } catch {} postMessage('done');`,
      'a.js': { status: 307, headers: { location: url('a.js') } },
    }),
  },
  {
    id: 'redirect-icon',
    title: 'redirect by the site: icon',
    closedBy: 'wall',
    onNextPage: true,
    script: ({ own }) => `open('${own('window.html')}');`,
    site: ({ url }) => ({
      'window.html': '<link rel="icon" href="a.png">text',
      'a.png': { status: 307, headers: { location: url('a.png') } },
    }),
  },
  ...quiet('image', 'image', 'html', 'a.png', (from) => `<img src="${from}">`),
  ...quiet('script', 'script', 'html', 'a.js', (from) => `<script src="${from}"></script>`),
  ...quiet('fetch', 'fetch', 'script', 'a.txt', (from) => `await fetch('${from}');`),
];
