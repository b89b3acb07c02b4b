import type { Probe } from '../probe';

const UNSEEN_REPORTS =
  'the browser sends reports itself, to where the site’s own header says; a worker does not see that document or script, so only the server can take that out';

const REPORTS =
  'the browser sends reports itself, to where the site’s own header says; only the worker’s key takes that out';

const reportingFrame: Probe['site'] = ({ url }) => ({
  'frame.html': {
    body: '<script>void 0</script>',
    headers: { 'content-security-policy-report-only': `script-src 'none'; report-uri ${url('a.txt')}` },
  },
});

/** What is sent without waiting for an answer, much of it while the page is being left. */
export const beacons: Probe[] = [
  {
    id: 'beacon',
    title: '`navigator.sendBeacon`',
    closedBy: 'gate',
    script: ({ url }) => `navigator.sendBeacon('${url('a.txt')}', 'text');`,
  },
  {
    id: 'beacon-preflight',
    title: '`navigator.sendBeacon` with a preflight',
    closedBy: 'gate',
    script: ({ url }) => `navigator.sendBeacon('${url('a.txt')}', new Blob(['{}'], { type: 'application/json' }));`,
  },
  {
    id: 'ping',
    title: '`<a ping>`',
    closedBy: 'gate',
    script: ({ url }) => `insert('<a href="#ping" ping="${url('a.txt')}">text</a>').click();`,
  },
  {
    id: 'area-ping',
    title: '`<area ping>`',
    closedBy: 'gate',
    script: ({ url }) => `insert('<map><area href="#ping" ping="${url('a.txt')}"></map>').firstChild.click();`,
  },
  {
    id: 'svg-ping',
    title: '`<svg><a ping>`',
    closedBy: 'gate',
    script: ({ url }) =>
      `insert('<svg><a href="#ping" ping="${url('a.txt')}"><text>a</text></a></svg>').firstChild.dispatchEvent(new MouseEvent('click'));`,
  },
  ...['pagehide', 'visibilitychange', 'beforeunload', 'unload'].flatMap((event): Probe[] => {
    const on = event === 'visibilitychange' ? 'document.addEventListener' : 'addEventListener';
    return [
      {
        id: `${event}-beacon`,
        title: `beacon at \`${event}\``,
        closedBy: 'wall',
        script: ({ url }) => `${on}('${event}', () => navigator.sendBeacon('${url('a.txt')}', 'text'));`,
      },
      {
        id: `${event}-keepalive`,
        title: `keepalive \`fetch\` at \`${event}\``,
        closedBy: 'wall',
        script: ({ url }) =>
          `${on}('${event}', () => fetch('${url('a.txt')}', { keepalive: true, method: 'POST', body: 'text' }));`,
      },
      {
        id: `${event}-image`,
        title: `image at \`${event}\``,
        closedBy: 'wall',
        script: ({ url }) => `${on}('${event}', () => { new Image().src = '${url('a.png')}'; });`,
      },
    ];
  }),
  {
    id: 'pagehide-socket',
    title: 'WebSocket at `pagehide`',
    closedBy: 'wall',
    script: ({ webSocket }) => `addEventListener('pagehide', () => new WebSocket('${webSocket}'));`,
  },
  {
    id: 'pagehide-sync-xhr',
    title: 'synchronous `XMLHttpRequest` at `pagehide`',
    closedBy: 'wall',
    script: ({ url }) =>
      `addEventListener('pagehide', () => { const request = new XMLHttpRequest(); request.open('GET', '${url('a.txt')}', false); request.send(); });`,
  },
  {
    id: 'pagehide-style',
    title: 'style sheet at `pagehide`',
    closedBy: 'wall',
    script: ({ url }) =>
      `addEventListener('pagehide', () => insert('<link rel="stylesheet" href="${url('a.css')}">', document.head));`,
  },
  {
    id: 'fetch-later-leaving',
    title: '`fetchLater` that waits until the page is left',
    closedBy: 'wall',
    head: ({ url }) => `<script>fetchLater('${url('a.txt')}')</script>`,
  },
  {
    id: 'removed-frame-beacon',
    title: 'beacon at `pagehide` of a frame that is removed',
    closedBy: 'wall',
    reason: 'Chromium loses it wherever a worker handles fetches, whatever the worker does',
    staysClosed: true,
    script: ({ own }) => `const element = await frame('src="${own('frame.html')}"'); element.remove();`,
    site: ({ url }) => ({
      'frame.html': `<script>addEventListener('pagehide', () => navigator.sendBeacon('${url('a.txt')}', 'text'))</script>`,
    }),
  },
  {
    id: 'report-uri',
    title: '`report-uri` of the site’s own Content-Security-Policy',
    closedBy: 'gate',
    exceptions: [{ uncontrolled: true, reason: REPORTS }],
    html: ({ own }) => `<iframe src="${own('frame.html')}"></iframe>`,
    site: reportingFrame,
  },
  {
    id: 'report-to',
    title: '`report-to` an endpoint of the site’s own `Reporting-Endpoints`',
    closedBy: 'gate',
    exceptions: [{ uncontrolled: true, reason: REPORTS }],
    html: ({ own }) => `<iframe src="${own('frame.html')}"></iframe>`,
    site: ({ url }) => ({
      'frame.html': {
        body: '<script>void 0</script>',
        headers: {
          'reporting-endpoints': `far="${url('a.txt')}"`,
          'content-security-policy-report-only': `script-src 'none'; report-to far`,
        },
      },
    }),
  },
  {
    id: 'worker-report-uri',
    title: '`report-uri` of a worker’s own Content-Security-Policy',
    closedBy: 'gate',
    exceptions: [{ uncontrolled: true, reason: REPORTS }],
    staysClosed: 'webkit',
    reason: 'WebKit sends no reports of a worker whose script has passed another worker',
    script: ({ own }) => `await settled(new Worker('${own('worker.js')}'));`,
    site: ({ url }) => ({
      'worker.js': {
        body: `fetch('own.txt').catch(() => {}).then(() => postMessage('done'));`,
        headers: { 'content-security-policy-report-only': `connect-src 'none'; report-uri ${url('a.txt')}` },
      },
    }),
  },
  {
    id: 'service-worker-report-uri',
    title: '`report-uri` of another service worker of the site',
    closedBy: 'open',
    reason: UNSEEN_REPORTS,
    script: ({ own }) => `await navigator.serviceWorker.register('${own('worker.js')}');`,
    site: ({ url }) => ({
      'worker.js': {
        body: `oninstall = (event) => event.waitUntil(fetch('own.txt').catch(() => {}));`,
        headers: { 'content-security-policy-report-only': `connect-src 'none'; report-uri ${url('a.txt')}` },
      },
    }),
  },
  {
    id: 'sandbox-report-uri',
    title: '`report-uri` of a sandboxed frame of the site',
    closedBy: 'open',
    reason: UNSEEN_REPORTS,
    html: ({ own }) => `<iframe sandbox="allow-scripts" src="${own('frame.html')}"></iframe>`,
    site: reportingFrame,
  },
  {
    id: 'object-report-uri',
    title: '`report-uri` of an `<object>` document of the site',
    closedBy: 'open',
    reason: UNSEEN_REPORTS,
    html: ({ own }) => `<object type="text/html" data="${own('frame.html')}"></object>`,
    site: reportingFrame,
  },
  {
    id: 'network-error-log',
    title: '`NEL` and `Report-To` on the site’s own answers',
    closedBy: 'open',
    reason: 'the browser notes each answer before the worker has it; only the server can leave the headers out',
    silent:
      'only over HTTPS: `test/browser/sw/what-a-secure-server-says-beside-its-pages-reaches-nobody.test.ts` has it, and Early Hints',
    html: ({ own }) => `<iframe src="${own('frame.html')}"></iframe>`,
    site: ({ url }) => ({
      'frame.html': {
        body: 'text',
        headers: {
          'report-to': `{"group":"far","max_age":60,"endpoints":[{"url":"${url('a.txt')}"}]}`,
          nel: '{"report_to":"far","max_age":60,"success_fraction":1}',
        },
      },
    }),
  },
];
