import { keepCookies } from './cookie-domain';
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

/** Of a connection, not of what is sent over it (RFC 9110, 7.6.1); and those that whoever asks next writes anew. */
const HOP_BY_HOP = /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|host|expect|content-length)$/;
/** Say of a body what no longer holds once it has been decoded, or has a tag more. */
const OF_ENCODED_BODY = ['content-encoding', 'content-length', 'transfer-encoding'];
/** What every `fetch` decodes. */
const ENCODINGS = 'gzip, br';
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
      // Required for a body that is a stream.
      ...(body && { duplex: 'half' }),
    }).catch((error: unknown) => {
      throw new UnreachablePortalError(portal.origin, error);
    });
    return {
      response: new Response(response.body, { ...statusOf(response), headers: passedOn(response.headers, asked, url) }),
      isDecoded: response.headers.has('content-encoding'),
    };
  };
}

function headersFor(request: Request, url: URL): Headers {
  const headers = new Headers([...request.headers].filter(([name]) => !HOP_BY_HOP.test(name)));
  headers.set('accept-encoding', ENCODINGS);
  headers.set('x-forwarded-host', url.host);
  headers.set('x-forwarded-proto', url.protocol.slice(0, -1));
  return headers;
}

function statusOf({ status, statusText }: Response): ResponseInit {
  return { status, ...(PLAIN_WORDS.test(statusText) && { statusText }) };
}

function passedOn(received: Headers, asked: URL, url: URL): Headers {
  const headers = new Headers(received);
  if (headers.has('content-encoding')) for (const name of OF_ENCODED_BODY) headers.delete(name);
  if (/^text\/html/i.test(headers.get('content-type') ?? '')) headers.delete('content-length');
  headers.delete('connection');
  headers.delete('keep-alive');
  keepCookies(headers, asked.hostname, url.hostname);
  leadToGateway(headers, asked, url.origin);
  return headers;
}
