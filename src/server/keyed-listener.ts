/// <reference types="node" preserve="true" />
import type { IncomingMessage, ServerResponse } from 'node:http';
import onHeaders from 'on-headers';
import { keyHeaders } from './key-headers';
import { requestHeaders } from './request-headers';
import { makeServerKey } from './server-key';

/**
 * The server's key for Node's `http` servers, Express, Connect and the like: makes a middleware that gives every
 * response its lock or wall, and what caches must know, just before it is sent: `app.use(keyedListener(policy))`.
 *
 * @param policy what was read from the policy file
 * @throws {PolicyError} when the policy has mistakes
 */
export function keyedListener(policy: unknown): (request: IncomingMessage, response: ServerResponse, next?: () => void) => void {
  const key = makeServerKey(policy);
  return (request, response, next) => {
    onHeaders(response, () => {
      // Cookies are several headers of one name, which cannot be one value; nothing here concerns them.
      const names = response.getHeaderNames().filter((name) => name !== 'set-cookie');
      const before = new Headers(names.map((name): [string, string] => [name, String(response.getHeader(name))]));
      const headers = new Headers(before);
      keyHeaders(key, request.url ?? '', requestHeaders(request), response.statusCode, headers);
      for (const [name, value] of headers) if (value !== before.get(name)) response.setHeader(name, value);
      for (const name of names) if (!headers.has(name)) response.removeHeader(name);
    });
    next?.();
  };
}
