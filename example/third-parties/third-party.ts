import { Hono } from 'hono';
import { listen } from '../listen';
import { receivedRequest, type ReceivedRequest } from './received-request';

/** A provider that the portal embeds: a server on an origin of its own that counts what reaches it. */
export interface ThirdParty {
  origin: string;
  requests: ReceivedRequest[];
  close(): Promise<void>;
}

/** What a stand-in serves. Its origin is not known before it listens, so the routes are told when asked. */
export type Routes = (app: Hono, origin: () => string) => void;

/**
 * Starts a stand-in: every request is counted, every response sets a third-party cookie and may be read
 * by any origin with credentials, as trackers and embeds allow.
 *
 * @param cookie name of the third-party cookie; ports share cookies, so it has to differ between stand-ins
 * @param port TCP port; 0 takes any free one
 */
export async function startThirdParty(cookie: string, port: number, routes: Routes): Promise<ThirdParty> {
  const requests: ReceivedRequest[] = [];
  const app = new Hono();

  app.use(async (c, next) => {
    requests.push(receivedRequest(c.req.raw));
    if (c.req.method === 'OPTIONS') c.res = new Response(null, { status: 204 });
    else await next();

    const headers = c.res.headers;
    headers.append('Set-Cookie', `${cookie}=${crypto.randomUUID()}; Path=/; Max-Age=31536000; SameSite=None; Secure`);
    headers.set('Access-Control-Allow-Origin', c.req.header('origin') ?? '*');
    headers.set('Access-Control-Allow-Credentials', 'true');
    headers.set('Access-Control-Allow-Methods', 'GET, HEAD, POST, PUT, PATCH, DELETE');
    headers.set('Access-Control-Allow-Headers', c.req.header('access-control-request-headers') ?? '*');
    headers.append('Vary', 'Origin');
    // A response from the browser's cache would be a use of the third party that nobody counts.
    headers.set('Cache-Control', 'no-store');
  });

  let origin = '';
  routes(app, () => origin);
  const server = await listen(app, port);
  origin = `http://127.0.0.1:${server.port}`;
  return { origin, requests, close: server.close };
}
