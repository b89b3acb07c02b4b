import type { Probe } from '../probe';

const DATA_WORKER = 'workers from `data:` URLs are closed for good: WebKit lets them past their page’s policy';

const NO_KEY = 'a service worker’s script never passes through another worker, so its lock stays';

/** A worker made from a file of the site; it answers when it is through, whatever came of it. */
function worker(
  id: string,
  title: string,
  closedBy: Probe['closedBy'],
  code: (aim: Parameters<NonNullable<Probe['script']>>[0]) => string,
  options = '',
): Probe {
  return {
    id,
    title,
    closedBy,
    script: ({ own }) => `await settled(new Worker('${own('worker.js')}'${options}));`,
    site: (aim) => ({
      'worker.js': `(async () => { ${code(aim)} })().catch(() => {}).then(() => postMessage('done'));`,
    }),
  };
}

/** Another service worker of the site. What it does at its installation is done once. */
function serviceWorker(
  id: string,
  title: string,
  code: (aim: Parameters<NonNullable<Probe['script']>>[0]) => string,
  options = '',
): Probe {
  return {
    id,
    title,
    closedBy: 'lock',
    reason: NO_KEY,
    staysClosed: true,
    script: ({ own }) => `await navigator.serviceWorker.register('${own('worker.js')}'${options});`,
    site: (aim) => ({ 'worker.js': code(aim) }),
  };
}

function sharedWorker(
  id: string,
  title: string,
  closedBy: Probe['closedBy'],
  code: (aim: Parameters<NonNullable<Probe['script']>>[0]) => string,
): Probe {
  return {
    id,
    title,
    closedBy,
    script: ({ own }) => `const { port } = new SharedWorker('${own('worker.js')}'); port.start(); await settled(port);`,
    site: (aim) => ({
      'worker.js': `onconnect = ({ ports: [port] }) => (async () => { ${code(aim)} })().catch(() => {}).then(() => port.postMessage('done'));`,
    }),
  };
}

/** The site's own workers, of every kind. */
export const workers: Probe[] = [
  worker('worker-fetch', 'dedicated worker: fetch', 'gate', ({ url }) => `await fetch('${url('a.txt')}');`),
  worker(
    'worker-xhr',
    'dedicated worker: XMLHttpRequest',
    'gate',
    ({ url }) =>
      `const request = new XMLHttpRequest(); request.open('GET', '${url('a.txt')}'); await new Promise((resolve) => { request.onloadend = resolve; request.send(); });`,
  ),
  worker(
    'worker-sync-xhr',
    'dedicated worker: synchronous XMLHttpRequest',
    'wall',
    ({ url }) => `const request = new XMLHttpRequest(); request.open('GET', '${url('a.txt')}', false); request.send();`,
  ),
  worker(
    'worker-import-scripts',
    'dedicated worker: `importScripts`',
    'gate',
    ({ url }) => `importScripts('${url('a.js')}');`,
  ),
  worker('worker-import', 'dedicated worker: `import()`', 'gate', ({ url }) => `await import('${url('a.js')}');`),
  worker(
    'worker-events',
    'dedicated worker: EventSource',
    'gate',
    ({ url }) =>
      `const source = new EventSource('${url('a.events')}'); await new Promise((resolve) => { source.onmessage = source.onerror = resolve; }); source.close();`,
  ),
  worker(
    'worker-socket',
    'dedicated worker: WebSocket',
    'wall',
    ({ webSocket }) =>
      `const socket = new WebSocket('${webSocket}'); await new Promise((resolve) => { socket.onclose = socket.onerror = resolve; });`,
  ),
  worker(
    'worker-socket-stream',
    'dedicated worker: WebSocketStream',
    'wall',
    ({ webSocket }) => `await new WebSocketStream('${webSocket}').opened;`,
  ),
  worker(
    'worker-font',
    'dedicated worker: `new FontFace()`',
    'gate',
    ({ url }) => `await new FontFace('far', 'url(${url('a.woff2')})').load();`,
  ),
  worker(
    'worker-keepalive',
    'dedicated worker: keepalive fetch',
    'wall',
    ({ url }) => `await fetch('${url('a.txt')}', { keepalive: true });`,
  ),
  worker(
    'worker-cache',
    'dedicated worker: `cache.add`',
    'gate',
    ({ url }) => `await (await caches.open('far')).add('${url('a.txt')}');`,
  ),
  {
    id: 'worker-nested',
    title: 'worker made by a worker: fetch',
    closedBy: 'gate',
    script: ({ own }) => `await settled(new Worker('${own('outer.js')}'));`,
    site: ({ url }) => ({
      'outer.js': `const inner = new Worker('worker.js'); inner.onmessage = inner.onerror = () => postMessage('done');`,
      'worker.js': `fetch('${url('a.txt')}').catch(() => {}).then(() => postMessage('done'));`,
    }),
  },
  {
    id: 'worker-nested-blob',
    title: '`blob:` worker made by a worker: fetch',
    closedBy: 'wall',
    script: ({ own }) => `await settled(new Worker('${own('outer.js')}'));`,
    site: ({ url }) => ({
      'outer.js': `const inner = new Worker(URL.createObjectURL(new Blob(["fetch('${url('a.txt')}').catch(() => {}).then(() => postMessage('done'))"]))); inner.onmessage = inner.onerror = () => postMessage('done');`,
    }),
  },
  worker(
    'module-worker',
    'module worker: fetch',
    'gate',
    ({ url }) => `await fetch('${url('a.txt')}');`,
    `, { type: 'module' }`,
  ),
  {
    id: 'module-worker-import',
    title: 'module worker: `import`',
    closedBy: 'gate',
    script: ({ own }) => `await settled(new Worker('${own('worker.js')}', { type: 'module' }));`,
    site: ({ url }) => ({ 'worker.js': `import '${url('a.js')}'; postMessage('done');` }),
  },
  {
    id: 'foreign-worker',
    title: '`new Worker()` of another origin',
    closedBy: 'gate',
    silent: 'refused by the browser: the script must be of the same origin',
    script: ({ url }) => `await settled(new Worker('${url('a.js')}'));`,
  },
  {
    id: 'blob-worker',
    title: '`blob:` worker: fetch',
    closedBy: 'wall',
    script: ({ url }) =>
      `await settled(new Worker(blobUrl("fetch('${url('a.txt')}').catch(() => {}).then(() => postMessage('done'))", 'text/javascript')));`,
  },
  {
    id: 'blob-worker-import-scripts',
    title: '`blob:` worker: `importScripts`',
    closedBy: 'wall',
    script: ({ url }) =>
      `await settled(new Worker(blobUrl("try { importScripts('${url('a.js')}') } catch {} postMessage('done')", 'text/javascript')));`,
  },
  {
    id: 'blob-worker-socket',
    title: '`blob:` worker: WebSocket',
    closedBy: 'wall',
    script: ({ webSocket }) =>
      `await settled(new Worker(blobUrl("new WebSocket('${webSocket}').onerror = () => postMessage('done')", 'text/javascript')));`,
  },
  {
    id: 'data-worker',
    title: '`data:` worker: fetch',
    closedBy: 'wall',
    staysClosed: true,
    reason: DATA_WORKER,
    script: ({ url }) =>
      `await settled(new Worker("data:text/javascript,fetch('${url('a.txt')}').catch(() => {}).then(() => postMessage('done'))"));`,
  },
  {
    id: 'data-worker-socket',
    title: '`data:` worker: WebSocket',
    closedBy: 'wall',
    staysClosed: true,
    reason: DATA_WORKER,
    script: ({ webSocket }) =>
      `await settled(new Worker("data:text/javascript,new WebSocket('${webSocket}').onerror = () => postMessage('done')"));`,
  },
  sharedWorker('shared-worker', 'shared worker: fetch', 'gate', ({ url }) => `await fetch('${url('a.txt')}');`),
  sharedWorker(
    'shared-worker-import-scripts',
    'shared worker: `importScripts`',
    'gate',
    ({ url }) => `importScripts('${url('a.js')}');`,
  ),
  {
    ...sharedWorker(
      'shared-worker-socket',
      'shared worker: WebSocket',
      'wall',
      ({ webSocket }) =>
        `const socket = new WebSocket('${webSocket}'); await new Promise((resolve) => { socket.onclose = socket.onerror = resolve; });`,
    ),
    staysClosed: true,
    reason: 'a shared worker outlives the pages that a withdrawal closes, and no worker sees its sockets',
  },
  {
    id: 'shared-worker-import',
    title: 'shared module worker: `import`',
    closedBy: 'gate',
    script: ({ own }) =>
      `const worker = new SharedWorker('${own('worker.js')}', { type: 'module' }); worker.port.start(); await Promise.race([settled(worker), settled(worker.port)]);`,
    site: ({ url }) => ({
      'worker.js': `import '${url('a.js')}'; onconnect = ({ ports: [port] }) => port.postMessage('done');`,
    }),
  },
  {
    id: 'blob-shared-worker',
    title: '`blob:` shared worker: fetch',
    closedBy: 'wall',
    script: ({ url }) =>
      `const { port } = new SharedWorker(blobUrl("onconnect = ({ ports: [port] }) => fetch('${url('a.txt')}').catch(() => {}).then(() => port.postMessage('done'))", 'text/javascript')); port.start(); await settled(port);`,
  },
  {
    id: 'data-shared-worker',
    title: '`data:` shared worker: fetch',
    closedBy: 'wall',
    staysClosed: true,
    reason: DATA_WORKER,
    script: ({ url }) =>
      `const { port } = new SharedWorker("data:text/javascript,onconnect = ({ ports: [port] }) => fetch('${url('a.txt')}').catch(() => {}).then(() => port.postMessage('done'))"); port.start(); await settled(port);`,
  },
  serviceWorker(
    'service-worker-fetch',
    'another service worker of the site: fetch',
    ({ url }) => `oninstall = (event) => event.waitUntil(fetch('${url('a.txt')}').catch(() => {}));`,
  ),
  serviceWorker(
    'service-worker-import-scripts',
    'another service worker of the site: `importScripts`',
    ({ url }) => `try { importScripts('${url('a.js')}'); } catch {}`,
  ),
  serviceWorker(
    'service-worker-import',
    'another service worker of the site: `import`',
    ({ url }) => `import '${url('a.js')}';`,
    `, { type: 'module' }`,
  ),
  serviceWorker(
    'service-worker-events',
    'another service worker of the site: EventSource',
    ({ url }) => `
    oninstall = (event) => event.waitUntil(new Promise((resolve) => {
      const source = new EventSource('${url('a.events')}');
      source.onmessage = source.onerror = () => resolve(source.close());
    }));`,
  ),
  serviceWorker(
    'service-worker-socket',
    'another service worker of the site: WebSocket',
    ({ webSocket }) => `
    oninstall = (event) => event.waitUntil(new Promise((resolve) => {
      const socket = new WebSocket('${webSocket}');
      socket.onclose = socket.onerror = resolve;
    }));`,
  ),
];
