import type { IncomingMessage, ServerResponse } from 'node:http';
import { startMappedSite, type MappedSite } from './mapped-site';

/** What a script of a third party does when it is run; each is called by the host that it is loaded from. */
const SCRIPTS: Record<string, string> = {
  'www.googletagmanager.com': `load('https://www.google-analytics.com/analytics.js'); load('https://connect.facebook.net/fr_FR/fbevents.js')`,
  'www.google-analytics.com': `cookie('_ga=GA1.1.1234567890.1700000000', 750); cookie('_gid=GA1.1.2', 1); beacon('https://www.google-analytics.com/collect')`,
  'connect.facebook.net': `cookie('_fbp=fb.1.1', 90); image('https://www.facebook.com/tr')`,
  'cdn.matomo.cloud': `cookie('_pk_id.1.1fff=abc', 393); cookie('_pk_ses.1.1fff=1', 0.02); image('https://portal.matomo.cloud/matomo.php')`,
  'static.hotjar.com': `cookie('_hjSessionUser_12345=x', 365); new WebSocket('wss://ws.hotjar.com/api')`,
  'eu-assets.i.posthog.com': `localStorage.setItem('ph_phc_a1b2c3d4e5f6g7h8_posthog', '{}'); beacon('https://eu.i.posthog.com/e/')`,
  'plausible.io': `beacon('https://plausible.io/api/event')`,
  'cdn.mxpnl.com': `new Worker(URL.createObjectURL(new Blob(["fetch('https://api.mixpanel.com/track', { mode: 'no-cors' })"])))`,
  'tag.aticdn.net': `cookie('_pcid=1', 395); image('https://logs.xiti.com/hit.xiti')`,
  'js.hs-scripts.com': `cookie('hubspotutk=1', 180); image('https://track.hubspot.com/__ptq.gif')`,
  'metrics.unheard-of.example': `cookie('whoknows=1', 30)`,
};

/** What is used by name only, and as what. */
const SCRIPT_HOSTS = [
  'cdn.jsdelivr.net',
  'bat.bing.com',
  'static.criteo.net',
  'www.clarity.ms',
  'cdn.segment.com',
  'platform.twitter.com',
  's7.addthis.com',
  'widget.intercom.io',
];

/** Every host that somebody else has on the site, and the purpose that a person would write. */
export const PARTIES: Readonly<Record<string, string>> = {
  'www.googletagmanager.com': 'statistics',
  'www.google-analytics.com': 'statistics',
  'connect.facebook.net': 'third-party',
  'www.facebook.com': 'third-party',
  'cdn.matomo.cloud': 'statistics',
  'portal.matomo.cloud': 'statistics',
  'static.hotjar.com': 'statistics',
  'ws.hotjar.com': 'statistics',
  'eu-assets.i.posthog.com': 'statistics',
  'eu.i.posthog.com': 'statistics',
  'plausible.io': 'statistics',
  'cdn.mxpnl.com': 'statistics',
  'api.mixpanel.com': 'statistics',
  'tag.aticdn.net': 'statistics',
  'logs.xiti.com': 'statistics',
  'js.hs-scripts.com': 'third-party',
  'track.hubspot.com': 'third-party',
  'metrics.unheard-of.example': 'third-party',
  'cdn.jsdelivr.net': 'third-party',
  'bat.bing.com': 'third-party',
  'static.criteo.net': 'third-party',
  'www.clarity.ms': 'statistics',
  'cdn.segment.com': 'statistics',
  'platform.twitter.com': 'third-party',
  's7.addthis.com': 'third-party',
  'widget.intercom.io': 'third-party',
  'fonts.googleapis.com': 'third-party',
  'fonts.gstatic.com': 'third-party',
  'a.tile.openstreetmap.org': 'third-party',
  'b.tile.openstreetmap.org': 'third-party',
  'www.youtube.com': 'third-party',
  'i.ytimg.com': 'third-party',
  'player.vimeo.com': 'third-party',
  'snap.licdn.com': 'third-party',
};

/** Those that the site loads for everybody; the others wait for its banner. */
export const LEAKING = [
  'www.googletagmanager.com',
  'www.google-analytics.com',
  'connect.facebook.net',
  'www.facebook.com',
  'fonts.googleapis.com',
];

const PRELUDE = `
  const load = (src) => document.head.append(Object.assign(document.createElement('script'), { src }));
  const image = (src) => { new Image().src = src + '?' + Math.random(); };
  const beacon = (url) => void fetch(url, { method: 'POST', mode: 'no-cors', keepalive: true, body: '1' }).catch(() => {});
  const cookie = (pair, days) => { document.cookie = pair + '; path=/; max-age=' + Math.round(days * 86400); };
`;

const AFTER_CONSENT = [
  'cdn.matomo.cloud',
  'static.hotjar.com',
  'eu-assets.i.posthog.com',
  'plausible.io',
  'cdn.mxpnl.com',
  'tag.aticdn.net',
  'js.hs-scripts.com',
  'metrics.unheard-of.example',
  ...SCRIPT_HOSTS,
];

const PAGE = `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Portail</title>
<link rel="stylesheet" href="https://fonts.googleapis.com/css?family=Marianne">
<link rel="preconnect" href="https://snap.licdn.com">
<script src="https://www.googletagmanager.com/gtm.js?id=GTM-1"></script>
</head><body style="font-family: Marianne, sans-serif"><h1>Portail</h1><a href="/page">Une page</a>
<div id="banner" role="dialog" style="position:fixed;bottom:0;left:0;right:0;background:#fff;padding:1em" hidden>
<p>Nous utilisons des cookies pour mesurer l’audience. Vous pouvez accepter ou refuser.</p>
<button id="refuse">Tout refuser</button> <button id="accept">Tout accepter</button></div>
<div style="height:3000px"></div><div id="late"></div>
<script>
${PRELUDE}
const answer = /choix=(\\w+)/.exec(document.cookie)?.[1];
banner.hidden = !!answer || 'gatekeeper' in window;
refuse.onclick = () => { cookie('choix=non', 180); banner.hidden = true; };
accept.onclick = () => { cookie('choix=oui', 180); banner.hidden = true; start(); };
function start() {
  for (const host of ${JSON.stringify(AFTER_CONSENT)}) load('https://' + host + '/tag.js');
  image('https://a.tile.openstreetmap.org/1/0/0.png'); image('https://b.tile.openstreetmap.org/1/1/0.png');
  image('https://i.ytimg.com/vi/x/hq.jpg');
  new IntersectionObserver(([{ isIntersecting }], observer) => {
    if (!isIntersecting) return;
    observer.disconnect();
    late.innerHTML = '<iframe src="https://www.youtube.com/embed/x"></iframe><iframe src="https://player.vimeo.com/video/1"></iframe>';
  }).observe(late);
}
if (answer === 'oui' || 'gatekeeper' in window) start();
</script></body></html>`;

/** A site that more than thirty hosts of others take part in. */
export function startTrackingSite(): Promise<MappedSite> {
  return startMappedSite({ own: { '/': PAGE, '/page': PAGE }, answer: answerAsThirdParty });
}

function typeOf(url: string): string {
  if (/\.(png|jpg|gif|php|xiti)|\/tr/.test(url)) return 'image/gif';
  if (/css/.test(url)) return 'text/css';
  return /embed|video/.test(url) ? 'text/html' : 'text/javascript';
}

function answerAsThirdParty(host: string, { url }: IncomingMessage, response: ServerResponse): void {
  const type = typeOf(url!);
  const body: Record<string, string> = {
    'text/css': `@font-face { font-family: Marianne; src: url(https://fonts.gstatic.com/s/marianne.woff2) }`,
    'text/javascript': `{${PRELUDE}${SCRIPTS[host] ?? ''}}`,
    'text/html': '<!doctype html><title>-</title>',
  };
  const gif = Buffer.from('R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==', 'base64');
  response.writeHead(200, { 'Content-Type': type, 'Access-Control-Allow-Origin': '*' }).end(body[type] ?? gif);
}
