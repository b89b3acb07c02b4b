import { randomBytes } from 'node:crypto';
import { localCookie } from './local-cookie';
import { mapHead } from './map-head';
import type { MappedAddresses } from './mapped-addresses';
import { nonceIn, type Needed, type PreviewCsp } from './preview-csp';

const CSP = 'content-security-policy';
const HTML = /^text\/html/i;
/** Texts that a page is made of. */
const HAS_ADDRESSES = /^(text\/(html|css|javascript)|application\/(xhtml\+xml|(x-)?javascript|([\w.-]+\+)?json))\b/i;

/** For tags in documents whose policies name no nonce. Documents are not kept by the browser, so it may stay the same. */
const OWN_NONCE = randomBytes(12).toString('base64url');

/** The nonce for what is put into a document with these headers. */
export function nonceFor(headers: Headers): string {
  return nonceIn(headers.get(CSP)) ?? OWN_NONCE;
}

interface Mapping {
  addresses: MappedAddresses;
  csp: PreviewCsp;
  needed: Omit<Needed, 'nonce'>;
}

/** A request to the preview as the portal is to have it. */
export function mapRequest(request: Request, { addresses }: Mapping): Request {
  const { pathname, search } = new URL(request.url);
  const headers = new Headers(request.headers);
  for (const name of ['origin', 'referer']) {
    const value = headers.get(name);
    if (value !== null) headers.set(name, addresses.toPortal(value));
  }
  // In what is compressed, no address is found; and the portal is asked by this machine itself.
  for (const name of ['accept-encoding', 'x-forwarded-for']) headers.delete(name);
  const { method, body } = request;
  // Never resolved against the portal's: a path that starts with `//` would name another host.
  const url = Object.assign(new URL(addresses.portal.origin), { pathname, search });
  return new Request(url, { method, headers, body, ...(body && { duplex: 'half' }) });
}

/** A response of the portal as a browser is to have it that knows it as the preview. */
export function mapResponse(response: Response, mapping: Mapping): Response {
  const { status, statusText } = response;
  const headers = mapHeaders(response.headers, mapping);
  const type = headers.get('content-type') ?? '';
  if (!response.body || status === 206 || !HAS_ADDRESSES.test(type))
    return new Response(response.body, { status, statusText, headers });
  // The bytes are others than those that the portal names.
  for (const name of ['content-length', 'accept-ranges']) headers.delete(name);
  const validator = headers.get('etag');
  if (validator && !validator.startsWith('W/')) headers.set('etag', `W/${validator}`);
  if (!HTML.test(type))
    return new Response(response.body.pipeThrough(mapping.addresses.stream()), { status, statusText, headers });
  keepOutOfCache(headers);
  const needed = { ...mapping.needed, nonce: nonceFor(response.headers) };
  const body = response.body
    .pipeThrough(mapHead((policy) => mapping.csp.policy(policy, needed)))
    .pipeThrough(mapping.addresses.stream());
  return new Response(body, { status, statusText, headers });
}

function mapHeaders(received: Headers, { addresses, csp, needed }: Mapping): Headers {
  const headers = new Headers();
  for (const [name, value] of received) {
    if (name === 'set-cookie') headers.append(name, localCookie(value));
    else if (name !== CSP) headers.append(name, addresses.toPreview(value));
  }
  // Of what is served here, neither the scheme nor the scripts' bytes are the portal's.
  for (const name of ['strict-transport-security', 'integrity-policy']) headers.delete(name);
  const policies = received.get(CSP);
  if (policies !== null) headers.set(CSP, csp.header(policies, { ...needed, nonce: nonceFor(received) }));
  return headers;
}

/** A document is another one when the policy has changed, which its portal does not know. */
function keepOutOfCache(headers: Headers): void {
  for (const name of ['etag', 'last-modified', 'expires']) headers.delete(name);
  if (!/no-store/i.test(headers.get('cache-control') ?? '')) headers.set('cache-control', 'private, no-cache');
}
