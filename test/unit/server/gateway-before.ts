import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gateway, nodeListener, type GatewayOptions } from '../../../src/server/index';
import { SAMPLE } from '../sample-policy';

/** A gateway in Node before a portal. */
export interface Guarded {
  /** The gateway's origin. */
  front: string;
  /** The portal's. */
  portal: string;
  /** What the portal was asked last. */
  asked: IncomingMessage;
  /** Asks the gateway. Redirects are not followed. */
  ask(path: string, init?: RequestInit): Promise<Response>;
}

/** @param host all of this machine's, where it is not given */
async function listening(server: Server, host?: string): Promise<string> {
  await new Promise<void>((resolve) => void server.listen(0, host, resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/**
 * Declares that a suite has a portal, with a gateway before it.
 * @param answer the portal's
 */
export function gatewayBefore(answer: RequestListener, options: Partial<GatewayOptions> = {}): Guarded {
  const servers: Server[] = [];
  const guarded = {
    ask: (path: string, init?: RequestInit) => fetch(guarded.front + path, { redirect: 'manual', ...init }),
  } as Guarded;
  before(async () => {
    const portal = createServer((request, response) => {
      guarded.asked = request;
      answer(request, response);
    });
    guarded.portal = await listening(portal, '127.0.0.1');
    const front = createServer(nodeListener(gateway({ origin: guarded.portal, policy: SAMPLE, ...options })));
    // As servers listen that are told no host: an address of IPv4 is one of IPv6 to them.
    guarded.front = await listening(front);
    servers.push(portal, front);
  });
  after(() => servers.forEach((server) => server.closeAllConnections() ?? server.close()));
  return guarded;
}
