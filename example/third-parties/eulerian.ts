import { Hono } from 'hono';
import { receivedRequest, type ReceivedRequest } from './received-request';

/**
 * Eulerian, hidden on the portal's own host as such trackers are (a CNAME, or here a path): to the
 * browser it is a part of the site, and its cookie is a first-party cookie.
 */
export function eulerian(requests: ReceivedRequest[]): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    requests.push(receivedRequest(c.req.raw));
    await next();
    c.res.headers.set('Cache-Control', 'no-store');
  });
  app.get('/ea.js', (c) => c.body(TRACKER, 200, { 'Content-Type': 'text/javascript' }));
  app.post('/collect', (c) => c.body(null, 204));
  return app;
}

const TRACKER = `(() => {
  const THIRTEEN_MONTHS = 395 * 24 * 3600;
  const HEARTBEAT_MS = 10_000;
  if (!/(^|; )etuix=/.test(document.cookie)) {
    document.cookie = 'etuix=' + crypto.randomUUID() + '; Path=/; SameSite=Lax; Max-Age=' + THIRTEEN_MONTHS;
  }
  const collect = (event) => navigator.sendBeacon('/ea/collect?event=' + event + '&page=' + encodeURIComponent(location.pathname));
  collect('view');
  setInterval(() => document.visibilityState === 'visible' && collect('stay'), HEARTBEAT_MS);
})();
`;
