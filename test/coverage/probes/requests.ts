import type { Probe } from '../probe';

const NO_DIRECTIVE = 'neither a worker nor a Content-Security-Policy is asked';

/** What scripts ask for: requests, elements that they make, and connections. */
export const requests: Probe[] = [
  { id: 'fetch', title: '`fetch`', closedBy: 'gate', script: ({ url }) => `await fetch('${url('a.txt')}');` },
  {
    id: 'fetch-no-cors',
    title: '`fetch` with `no-cors`',
    closedBy: 'gate',
    script: ({ url }) => `await fetch('${url('a.txt')}', { mode: 'no-cors' });`,
  },
  {
    id: 'fetch-credentials',
    title: '`fetch` with credentials',
    closedBy: 'gate',
    script: ({ url }) => `await fetch('${url('a.txt')}', { credentials: 'include' });`,
  },
  {
    id: 'fetch-preflight',
    title: '`fetch` with a preflight',
    closedBy: 'gate',
    script: ({ url }) => `await fetch('${url('a.txt')}', { method: 'PUT', headers: { 'x-own': '1' } });`,
  },
  {
    id: 'fetch-keepalive',
    title: 'keepalive `fetch`',
    closedBy: 'wall',
    script: ({ url }) => `await fetch('${url('a.txt')}', { keepalive: true });`,
  },
  {
    id: 'fetch-later',
    title: '`fetchLater`',
    closedBy: 'wall',
    head: ({ url }) => `<script>fetchLater('${url('a.txt')}', { activateAfter: 0 })</script>`,
  },
  {
    id: 'cache-add',
    title: '`cache.add`',
    closedBy: 'gate',
    script: ({ url }) => `await (await caches.open('far')).add('${url('a.txt')}');`,
  },
  {
    id: 'wasm',
    title: '`WebAssembly.compileStreaming`',
    closedBy: 'gate',
    script: ({ url }) => `await WebAssembly.compileStreaming(fetch('${url('a.wasm')}'));`,
  },
  {
    id: 'xhr',
    title: '`XMLHttpRequest`',
    closedBy: 'gate',
    script: ({ url }) =>
      `const request = new XMLHttpRequest(); request.open('GET', '${url('a.txt')}'); request.send(); await settled(request);`,
  },
  {
    id: 'sync-xhr',
    title: 'synchronous `XMLHttpRequest`',
    closedBy: 'wall',
    onNextPage: true,
    script: ({ url }) =>
      `const request = new XMLHttpRequest(); request.open('GET', '${url('a.txt')}', false); request.send();`,
  },
  {
    id: 'event-source',
    title: '`EventSource`',
    closedBy: 'gate',
    script: ({ url }) => `const source = new EventSource('${url('a.events')}'); await settled(source); source.close();`,
  },
  {
    id: 'image-object',
    title: '`new Image()`',
    closedBy: 'gate',
    script: ({ url }) => `const image = new Image(); image.src = '${url('a.png')}'; await settled(image);`,
  },
  {
    id: 'image-object-srcset',
    title: '`new Image().srcset`',
    closedBy: 'gate',
    script: ({ url }) => `const image = new Image(); image.srcset = '${url('a.png')} 1x'; await settled(image);`,
  },
  {
    id: 'inner-html',
    title: '`innerHTML` with `onerror`',
    closedBy: 'gate',
    script: ({ url }) => `insert('<div></div>').innerHTML = '<img src="${url('a.png')}">';`,
  },
  {
    id: 'set-html-unsafe',
    title: '`setHTMLUnsafe`',
    closedBy: 'gate',
    script: ({ url }) => `insert('<div></div>').setHTMLUnsafe('<img src="${url('a.png')}">');`,
  },
  {
    id: 'detached-html',
    title: '`innerHTML` outside the document',
    closedBy: 'gate',
    script: ({ url }) => `document.createElement('div').innerHTML = '<img src="${url('a.png')}">';`,
  },
  {
    id: 'parsed-document',
    title: '`DOMParser`',
    closedBy: 'gate',
    silent: 'a parsed document loads nothing',
    script: ({ url }) => `new DOMParser().parseFromString('<img src="${url('a.png')}">', 'text/html');`,
  },
  {
    id: 'script-element',
    title: 'inserted script',
    closedBy: 'gate',
    script: ({ url }) => `await settled(insert('<script src="${url('a.js')}"></script>'));`,
  },
  {
    id: 'style-element',
    title: 'inserted style sheet',
    closedBy: 'gate',
    script: ({ url }) => `await settled(insert('<link rel="stylesheet" href="${url('a.css')}">', document.head));`,
  },
  {
    id: 'dynamic-import',
    title: '`import()`',
    closedBy: 'gate',
    script: ({ url }) => `await import('${url('a.js')}');`,
  },
  {
    id: 'json-import',
    title: '`import()` of JSON',
    closedBy: 'gate',
    script: ({ url }) => `await new Function('return import("${url('a.json')}", { with: { type: "json" } })')();`,
  },
  {
    id: 'css-import',
    title: '`import()` of CSS',
    closedBy: 'gate',
    script: ({ url }) => `await new Function('return import("${url('a.css')}", { with: { type: "css" } })')();`,
  },
  {
    id: 'text-import',
    title: '`import()` of text',
    closedBy: 'gate',
    script: ({ url }) => `await new Function('return import("${url('a.txt')}", { with: { type: "text" } })')();`,
  },
  {
    id: 'wasm-import',
    title: '`import()` of WebAssembly',
    closedBy: 'gate',
    script: ({ url }) => `await new Function('return import("${url('a.wasm')}")')();`,
  },
  {
    id: 'source-import',
    title: '`import.source()`',
    closedBy: 'gate',
    script: ({ url }) => `await new Function('return import.source("${url('a.wasm')}")')();`,
  },
  {
    id: 'shared-storage',
    title: '`sharedStorage.worklet.addModule()`',
    closedBy: 'wall',
    silent: 'not in these engines',
    script: ({ url }) => `await sharedStorage.worklet.addModule('${url('a.js')}');`,
  },
  {
    id: 'background-fetch',
    title: 'Background Fetch',
    closedBy: 'wall',
    silent: 'waits for a permission that a headless browser does not give',
    script: ({ url, own }) => `
      const registration = await navigator.serviceWorker.register('${own('worker.js')}');
      await settled(Object.assign(registration.installing, { onstatechange({ target }) { if (target.state === 'activated') target.dispatchEvent(new Event('open')); } }));
      await registration.backgroundFetch.fetch('far', ['${url('a.txt')}']);`,
    site: () => ({ 'worker.js': 'oninstall = () => skipWaiting();' }),
  },
  {
    id: 'payment-manifest',
    title: '`PaymentRequest` manifest',
    closedBy: 'wall',
    script: ({ url }) =>
      `await new PaymentRequest([{ supportedMethods: '${url('a.json')}' }], { total: { label: 'a', amount: { currency: 'EUR', value: '1' } } }).canMakePayment();`,
  },
  {
    id: 'federated-credential',
    title: '`navigator.credentials.get({ identity })`',
    closedBy: 'wall',
    counted: 'tcp',
    script: ({ host }) =>
      `void navigator.credentials.get({ identity: { providers: [{ configURL: 'http://${host}/fedcm.json', clientId: 'a' }] } });`,
  },
  {
    id: 'public-key-credential',
    title: '`navigator.credentials.get({ publicKey: { rpId } })`: `/.well-known/webauthn` of that host',
    closedBy: 'open',
    reason: NO_DIRECTIVE,
    counted: 'tcp',
    script: ({ name }) =>
      `void navigator.credentials.get({ publicKey: { rpId: '${name}', challenge: new Uint8Array(16) } });`,
  },
  {
    id: 'web-socket',
    title: '`WebSocket`',
    closedBy: 'wall',
    script: ({ webSocket }) => `await settled(new WebSocket('${webSocket}'));`,
  },
  {
    id: 'web-socket-stream',
    title: '`WebSocketStream`',
    closedBy: 'wall',
    script: ({ webSocket }) => `await new WebSocketStream('${webSocket}').opened;`,
  },
  {
    id: 'web-transport',
    title: '`WebTransport`',
    closedBy: 'wall',
    counted: 'udp',
    script: ({ host }) => `new WebTransport('https://${host}/');`,
  },
  {
    id: 'worker-web-transport',
    title: 'dedicated worker: `WebTransport`',
    closedBy: 'wall',
    counted: 'udp',
    script: ({ own }) => `await settled(new Worker('${own('worker.js')}'));`,
    site: ({ host }) => ({
      'worker.js': `try { new WebTransport('https://${host}/'); } finally { postMessage('done'); }`,
    }),
  },
  {
    id: 'stun',
    title: 'WebRTC: STUN',
    closedBy: 'open',
    reason: NO_DIRECTIVE,
    counted: 'udp',
    script: ({ host }) => `
      const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:${host}' }] });
      peer.createDataChannel('far');
      await peer.setLocalDescription(await peer.createOffer());`,
  },
  {
    id: 'turn',
    title: 'WebRTC: TURN over TCP',
    closedBy: 'open',
    reason: NO_DIRECTIVE,
    counted: 'tcp',
    script: ({ host }) => `
      const peer = new RTCPeerConnection({ iceServers: [{ urls: 'turn:${host}?transport=tcp', username: 'a', credential: 'a' }] });
      peer.createDataChannel('far');
      await peer.setLocalDescription(await peer.createOffer());`,
  },
  ...(['udp', 'tcp'] as const).map((protocol): Probe => ({
    id: `ice-${protocol}`,
    title: `WebRTC: check of a candidate over ${protocol.toUpperCase()}`,
    closedBy: 'open',
    reason: NO_DIRECTIVE,
    counted: protocol,
    script: ({ host }) => `
      const [near, far] = [new RTCPeerConnection(), new RTCPeerConnection()];
      near.createDataChannel('far');
      await near.setLocalDescription(await near.createOffer());
      await far.setRemoteDescription(near.localDescription);
      await far.setLocalDescription(await far.createAnswer());
      await near.setRemoteDescription(far.localDescription);
      const candidate = 'candidate:1 1 ${protocol} 1518280447 ${host.replace(':', ' ')} typ host${protocol === 'tcp' ? ' tcptype passive' : ''}';
      await near.addIceCandidate({ candidate, sdpMid: '0', sdpMLineIndex: 0 });`,
  })),
];
