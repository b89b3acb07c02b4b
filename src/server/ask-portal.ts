import { keepCookies } from './cookie-domain';
import { patiently } from './patient-fetch';
import { leadToGateway } from './portal-address';
import { UnreachablePortalError } from './unreachable-portal';

const ORIGIN_HEADERS = ['rewrite', 'preserve'] as const;
/** What becomes of the header `Origin`, where it is the site's own. */
export type OriginHeader = (typeof ORIGIN_HEADERS)[number];

/** What a portal has answered. */
interface Answer {
  response: Response;
  /** Whether the body had an encoding, of which nothing is left. */
  isDecoded: boolean;
}

/** Of a connection, not of what is sent over it: https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1. */
const HOP_BY_HOP = /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade)$/;
/** What whoever asks next writes anew. */
const OF_REQUEST = /^(host|expect|content-length)$/;
/** Who asks, and what for: whoever asks could otherwise hide it from the portal, by naming it as a matter of the connection. */
const FORWARDED = /^(x-)?forwarded(-.*)?$/;
/** Say of a body what no longer holds once it has been decoded, or has a tag more. */
const OF_ENCODED_BODY = ['content-encoding', 'content-length'];
/** What every `fetch` decodes. */
const ENCODINGS = 'gzip, br';
/** What is decoded of answers: a portal may send what nobody has asked for. */
const IS_DECODED = /^\s*(x-gzip|gzip|deflate|br)(\s*,\s*(x-gzip|gzip|deflate|br))*\s*$/i;
/**
 * As it was asked: Node's `fetch` would add `Cache-Control: no-cache` to a conditional request, and the portal would send all of it
 * again. Other runtimes have no such word, and do not.
 * @see https://fetch.spec.whatwg.org/#http-network-or-cache-fetch
 */
const AS_ASKED: object = hasCacheModes() ? { cache: 'force-cache' } : {};
/**
 * A `Response` has none above it. What is said to mean the same goes out, with all that the portal has answered.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-15-3
 */
const LAST_STATUS = 599;
const NO_STATUS = 500;
/** Words that a `Response` takes on every runtime. Browsers show none, and HTTP/2 has none. */
const PLAIN_WORDS = /^[\t\x20-\x7e]*$/;

/**
 * Makes a function that asks a portal for what a visitor asks for.
 * @throws {TypeError} when `originHeader` is none of its words
 */
export function askPortal(portal: URL, originHeader: OriginHeader): (url: URL, request: Request) => Promise<Answer> {
  if (!ORIGIN_HEADERS.includes(originHeader))
    throw new TypeError(
      `cookie-gatekeeper: gateway: originHeader ${JSON.stringify(originHeader)} is neither "rewrite" nor "preserve". Write "rewrite" where the portal compares Origin with Host, and "preserve" where with X-Forwarded-Host.`,
    );
  return async (url, request) => {
    const headers = headersFor(request, url);
    // The site's own address, where a portal compares it with its own.
    if (originHeader === 'rewrite' && headers.get('origin') === url.origin) headers.set('origin', portal.origin);
    const { method, body } = request;
    // Never resolved against the portal's: a path that starts with `//` would name another host.
    const asked = Object.assign(new URL(portal), { pathname: url.pathname, search: url.search });
    const response = await fetch(asked, {
      method,
      headers,
      body,
      redirect: 'manual',
      // Nobody waits any more: the portal need not go on either.
      signal: request.signal,
      ...AS_ASKED,
      ...patiently(),
      // Required for a body that is a stream.
      ...(body && { duplex: 'half' }),
    }).catch((error: unknown) => {
      throw new UnreachablePortalError(portal.origin, error);
    });
    return {
      response: new Response(response.body, { ...statusOf(response), headers: passedOn(response.headers, asked, url) }),
      isDecoded: isDecoded(response.headers),
    };
  };
}

function isDecoded(headers: Headers): boolean {
  return IS_DECODED.test(headers.get('content-encoding') ?? '');
}

function hasCacheModes(): boolean {
  try {
    const init: object = { cache: 'force-cache' };
    return (new Request('https://portal.invalid', init) as { cache?: string }).cache === 'force-cache';
  } catch {
    return false;
  }
}

function headersFor(request: Request, url: URL): Headers {
  const headers = endToEnd(request.headers);
  for (const name of [...headers.keys()]) if (OF_REQUEST.test(name)) headers.delete(name);
  // A part of what is encoded cannot be decoded.
  headers.set('accept-encoding', headers.has('range') ? 'identity' : ENCODINGS);
  headers.set('x-forwarded-host', url.host);
  headers.set('x-forwarded-proto', url.protocol.slice(0, -1));
  return headers;
}

/** Without what is of the connection: Node would answer nothing with some of it, and end. */
function endToEnd(received: Headers): Headers {
  const named = (received.get('connection') ?? '').split(',').map((name) => name.trim().toLowerCase());
  const headers = new Headers(received);
  for (const name of [...received.keys()])
    if (HOP_BY_HOP.test(name) || (named.includes(name) && !FORWARDED.test(name))) headers.delete(name);
  return headers;
}

function statusOf({ status, statusText }: Response): ResponseInit {
  return { status: status > LAST_STATUS ? NO_STATUS : status, ...(PLAIN_WORDS.test(statusText) && { statusText }) };
}

function passedOn(received: Headers, asked: URL, url: URL): Headers {
  const headers = endToEnd(received);
  if (isDecoded(headers)) for (const name of OF_ENCODED_BODY) headers.delete(name);
  if (/^text\/html/i.test(headers.get('content-type') ?? '')) headers.delete('content-length');
  keepCookies(headers, asked.hostname, url.hostname);
  leadToGateway(headers, asked, url.origin);
  return headers;
}
