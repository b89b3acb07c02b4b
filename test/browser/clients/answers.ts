import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a third party's answer begins with, where it is a script. */
const PRELUDE = `
  const load = (src) => document.head.append(Object.assign(document.createElement('script'), { src }));
  const image = (src) => { new Image().src = src + '?' + Math.random(); };
  const send = (url) => void fetch(url, { method: 'POST', mode: 'no-cors', keepalive: true, body: '1' }).catch(() => {});
  const frame = (src, parent = document.body) => parent.append(Object.assign(document.createElement('iframe'), { src, title: '' }));
  const cookie = (pair, days) => { document.cookie = pair + '; path=/; max-age=' + Math.round(days * 86400); };
  const leaving = (url) => addEventListener('pagehide', () => navigator.sendBeacon(url, '1'));
`;

/**
 * Scripts and frames that clients load from their providers, who publish them nowhere else: whom the real ones ask next, and
 * what they store. By the beginning of the address.
 */
const STAND_INS: Readonly<Record<string, string>> = {
  'www.googletagmanager.com/gtag/js': `cookie('_ga=GA1.1.1234567890.1700000000', 400); cookie('_ga_1A2B3C4D5E=GS2.1.s1700000000', 400); send('https://region1.google-analytics.com/g/collect'); leaving('https://region1.google-analytics.com/g/collect')`,
  'connect.facebook.net/en_US/fbevents.js': `cookie('_fbp=fb.0.1700000000000.1', 90); load('https://connect.facebook.net/signals/config/1234567890123456')`,
  'connect.facebook.net/signals/config/': `image('https://www.facebook.com/tr/')`,
  'static.hotjar.com/c/hotjar-': `load('https://script.hotjar.com/modules.0123456789abcdef.js')`,
  'script.hotjar.com/modules': `cookie('_hjSessionUser_1234567=x', 365); cookie('_hjSession_1234567=x', 0.02); new WebSocket('wss://ws.hotjar.com/api/v2/client/ws'); send('https://content.hotjar.io/'); leaving('https://metrics.hotjar.io/')`,
  'www.clarity.ms/tag/': `cookie('_clck=1abcdef', 365); load('https://scripts.clarity.ms/0.8.1/clarity.js')`,
  'scripts.clarity.ms/': `cookie('_clsk=2abcdef', 1); image('https://c.clarity.ms/c.gif'); send('https://o.clarity.ms/collect'); leaving('https://o.clarity.ms/collect')`,
  'edge.fullstory.com/s/fs.js': `cookie('fs_uid=1#2#3', 365); send('https://rs.fullstory.com/rec/page'); leaving('https://rs.fullstory.com/rec/bundle')`,
  // Its own queue is taken up by a worker without a file.
  'cdn.logr-in.com/': `window._LRLogger = class { constructor() { new Worker(URL.createObjectURL(new Blob(["fetch('https://r.logr-in.com/i', { method: 'POST', mode: 'no-cors', body: '1' })"]))); return new Proxy(this, { get: () => () => {} }); } }`,
  'stats.data.gouv.fr/matomo.js': `cookie('_pk_id.3.1fff=abcdef', 393); cookie('_pk_ses.3.1fff=1', 0.02); send('https://stats.data.gouv.fr/matomo.php')`,
  'widget.intercom.io/widget/': `cookie('intercom-id-abcd1234=x', 270); cookie('intercom-session-abcd1234=', 7); load('https://js.intercomcdn.com/frame-modern.0123456.js')`,
  'js.intercomcdn.com/': `send('https://api-iam.intercom.io/messenger/web/ping'); new WebSocket('wss://nexus-websocket-a.intercom.io/pubsub/5-abc')`,
  'js.stripe.com/endive/stripe.js': `window.Stripe = Object.assign(() => ({ _registerWrapper() {} }), { version: 'endive' }); cookie('__stripe_mid=x', 365); cookie('__stripe_sid=x', 0.02); send('https://r.stripe.com/b'); frame('https://js.stripe.com/v3/m-outer-0123456789.html')`,
  'js.stripe.com/v3/m-outer-': `frame('https://m.stripe.network/inner.html')`,
  'm.stripe.network/': `send('https://m.stripe.com/6')`,
  'player.vimeo.com/video/': `load('https://f.vimeocdn.com/p/4.40.0/js/player.module.js')`,
  'f.vimeocdn.com/': `image('https://i.vimeocdn.com/video/1-d_640'); send('https://fresnel.vimeocdn.com/add/player-stats')`,
  'www.youtube-nocookie.com/embed/': `load('https://www.youtube-nocookie.com/s/player/0123abcd/base.js')`,
  'www.youtube-nocookie.com/s/player/': `image('https://i.ytimg.com/vi/x/maxresdefault.jpg'); image('https://yt3.ggpht.com/a'); send('https://jnn-pa.googleapis.com/$rpc/waa')`,
};

/** What clients ask as data, where anything but an empty answer is needed. By the beginning of the address. */
const DATA: Readonly<Record<string, unknown>> = {
  'cdn.segment.com/v1/projects/': {
    integrations: { 'Segment.io': { apiKey: 'abcdefghijklmnopqrstuvwxyz012345', apiHost: 'api.segment.io/v1' } },
    plan: { track: { __default: { enabled: true } } },
  },
  'api.eu.amplitude.com/2/httpapi': { code: 200 },
  'vimeo.com/api/oembed.json': {
    html: '<iframe src="https://player.vimeo.com/video/76979871" title="A film"></iframe>',
  },
  'eu.i.posthog.com/flags/': {
    capturePerformance: { web_vitals: true },
    featureFlags: {},
    sessionRecording: { endpoint: '/s/', consoleLogRecordingEnabled: false },
  },
};

const GIF = Buffer.from('R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==', 'base64');
const POSTHOG = new URL('../../../node_modules/posthog-js/dist/', import.meta.url);

/** Answers as the providers of the clients do. */
export function answerClient(host: string, request: IncomingMessage, response: ServerResponse): void {
  const { headers, method, url = '/' } = request;
  const send = (type: string, body: string | Buffer) =>
    void response.writeHead(200, { 'Content-Type': type, ...allowed }).end(body);
  const allowed = {
    'Access-Control-Allow-Origin': headers.origin ?? '*',
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Allow-Headers': headers['access-control-request-headers'] ?? '*',
    'Access-Control-Allow-Methods': 'GET, POST, PUT, REPORT',
    'Access-Control-Expose-Headers': 'Date',
    'Cache-Control': 'no-store',
  };
  const script = `{${PRELUDE}${startingLike(STAND_INS, host + url) ?? ''}}`;
  if (method === 'OPTIONS') return void response.writeHead(204, allowed).end();
  if (host === 'c.clarity.ms') return void response.writeHead(302, { Location: 'https://c.bing.com/c.gif' }).end();
  if (headers.accept === 'text/event-stream') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', ...allowed }).write('event: put\ndata: {}\n\n');
    return;
  }
  const dest = headers['sec-fetch-dest'];
  if (dest === 'script') return void posthogsOwn(host, url).then((own) => send('text/javascript', own ?? script));
  if (dest === 'iframe') return send('text/html', `<!doctype html><title>-</title><body><script>${script}</script>`);
  if (dest === 'image') return send('image/gif', GIF);
  send('application/json', JSON.stringify(startingLike(DATA, host + url) ?? {}));
}

function startingLike<T>(table: Readonly<Record<string, T>>, address: string): T | undefined {
  return Object.entries(table).find(([beginning]) => address.startsWith(beginning))?.[1];
}

/** What the client loads of itself, which is in its package. */
async function posthogsOwn(host: string, url: string): Promise<string | undefined> {
  const name = /^\/static\/(?:[\d.]+\/)?([\w-]+\.js)/.exec(url)?.[1];
  if (host !== 'eu-assets.i.posthog.com' || name === undefined) return undefined;
  return readFile(new URL(name, POSTHOG), 'utf8').catch(() => undefined);
}
