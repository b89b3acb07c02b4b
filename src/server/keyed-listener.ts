import type { ServerResponse } from 'node:http';
import onHeaders from 'on-headers';
import { CSP, applyDocumentHeaders, visitorOf, withPolicy } from './apply-document-headers';
import type { NodeRequest, NodeResponse } from './node-http';
import { requestHeaders } from './request-headers';
import { requestPath } from './request-path';
import { makeServerKey, type ServerKey } from './server-key';

/**
 * The server's key for Node's `http` servers, Express, Connect and the like: makes a middleware that gives every
 * response its lock or wall, and what caches must know, just before it is sent: `app.use(keyedListener(policy))`. What
 * preloads are announced ahead of a response (103 Early Hints) gets the same policy.
 *
 * @param policy what was read from the policy file
 * @throws {PolicyError} when the policy has mistakes
 */
export function keyedListener(
  policy: unknown,
): (request: NodeRequest, response: NodeResponse, next?: () => void) => void {
  const key = makeServerKey(policy);
  return (request, response, next) => {
    onHeaders(response, () => {
      // Cookies are several headers of one name, which cannot be one value; nothing here concerns them.
      const names = response.getHeaderNames().filter((name) => name !== 'set-cookie');
      const before = new Headers(names.map((name): [string, string] => [name, String(response.getHeader(name))]));
      const headers = new Headers(before);
      applyDocumentHeaders(key, urlOf(request), requestHeaders(request), response.statusCode, headers);
      for (const [name, value] of headers) if (value !== before.get(name)) response.setHeader(name, value);
      for (const name of names) if (!headers.has(name)) response.removeHeader(name);
    });
    if (!key.isExcluded(urlOf(request))) keyEarlyHints(key, request, response);
    next?.();
  };
}

/** Preloads begin with the hints: they are held by the policy that comes with these, not by that of the document. */
function keyEarlyHints(key: ServerKey, request: NodeRequest, response: NodeResponse): void {
  const { writeEarlyHints } = response as ServerResponse;
  (response as ServerResponse).writeEarlyHints = (hints, callback) => {
    const named = Object.fromEntries(Object.entries(hints).map(([name, value]) => [name.toLowerCase(), value]));
    const policy = key.documentHeaders(visitorOf(requestHeaders(request)))?.['Content-Security-Policy'];
    if (policy) named[CSP] = withPolicy(String(named[CSP] ?? ''), policy);
    writeEarlyHints.call(response, named, callback);
  };
}

/**
 * The address that was asked for, also where Express or Connect has taken the place off that this is mounted at. Behind a proxy
 * its scheme may be another, and what clients send may be no address.
 */
function urlOf({ url, originalUrl = url, headers }: NodeRequest & { originalUrl?: string }): URL {
  const origin = `https://${String(headers.host ?? headers[':authority'])}`;
  const address = [`${origin}${requestPath(originalUrl!)}`, origin].find((candidate) => URL.canParse(candidate));
  return new URL(address ?? 'https://localhost');
}
