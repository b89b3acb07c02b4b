import { applyDocumentHeaders } from './apply-document-headers';
import { insertIntoHead } from './insert-into-head';
import { leadToGateway, readPortal } from './portal-address';
import { makeServerKey } from './server-key';
import { UnreachablePortalError } from './unreachable-portal';

export interface GatewayOptions {
  /** The portal's server, such as `https://portal.example`: what is asked for is asked for there. */
  origin: string;
  /** What was read from the policy file. */
  policy: unknown;
  /** The built files by name (`gatekeeper.js`, …), where the portal does not serve them: they are served from the root. */
  files?: Readonly<Record<string, string>>;
  /**
   * What is put first in `<head>` of every document; without it, the tag of `gatekeeper.js`. Empty where the portal has it. A
   * function is asked for each document: a portal's own Content-Security-Policy may want a nonce on every script.
   */
  tag?: string | ((request: Request, headers: Headers) => string);
}

const SCRIPT = 'gatekeeper.js';
const TAG = `<script src="/${SCRIPT}"></script>`;
/** Of a connection, not of what is sent over it (RFC 9110, 7.6.1); and those that whoever asks next writes anew. */
const HOP_BY_HOP = /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|host|expect|content-length)$/;
/** Say of a body what no longer holds once it has been decoded, or has a tag more. */
const OF_ENCODED_BODY = ['content-encoding', 'content-length', 'transfer-encoding'];
/** What every `fetch` decodes. */
const ENCODINGS = 'gzip, br';

/**
 * The gateway: stands in front of a portal whose server cannot be changed, and gives its documents the lock, or the wall for what
 * the mirror cookie permits, and the tag. Everything else passes as it is. For Cloudflare Workers, Deno, Bun and, by
 * `nodeListener`, Node. WebSockets do not come here: let them go to the portal.
 *
 * Documents that are opened are one visitor's: put no cache that visitors share in front of it that overrules `Vary` and
 * `Cache-Control`.
 *
 * @returns a function from a request to the response; rejects where the portal cannot be reached
 * @throws {PolicyError} when the policy has mistakes
 * @throws {TypeError} when the origin is none
 */
export function gateway({
  origin,
  policy,
  files = {},
  tag = TAG,
}: GatewayOptions): (request: Request) => Promise<Response> {
  const key = makeServerKey(policy);
  const portal = readPortal(origin);
  let hasWarned = Object.hasOwn(files, SCRIPT);
  return async (request) => {
    const url = new URL(request.url);
    const file = files[url.pathname.slice(1)];
    const isFile = Object.hasOwn(files, url.pathname.slice(1));
    const answer = isFile ? fileResponse(file!) : await ask(portal, url, request);
    if (answer.status === 404 && url.pathname === `/${SCRIPT}` && !hasWarned) {
      hasWarned = true;
      console.warn(
        `cookie-gatekeeper: ${portal.origin} answers 404 for /${SCRIPT}, so nobody is asked, and everything stays closed. Put the files there that "build" has written, or give them to the gateway as \`files\`.`,
      );
    }
    const headers = new Headers(answer.headers);
    applyDocumentHeaders(key, url, request.headers, answer.status, headers);
    const { status, statusText, body } = answer;
    const inserted = typeof tag === 'function' ? tag(request, headers) : tag;
    if (!body || !takesTag(answer) || key.isExcluded(url) || !inserted)
      return new Response(body, { status, statusText, headers });
    // The bytes are others than those that a strong validator names.
    const validator = headers.get('etag');
    if (validator && !validator.startsWith('W/')) headers.set('etag', `W/${validator}`);
    headers.delete('accept-ranges');
    return new Response(body.pipeThrough(insertIntoHead(inserted)), { status, statusText, headers });
  };
}

/** Parts of a document are none that a tag belongs into. */
function takesTag({ status, headers }: Response): boolean {
  return status !== 206 && /^text\/html/i.test(headers.get('content-type') ?? '');
}

function fileResponse(text: string): Response {
  return new Response(text, {
    headers: { 'Content-Type': 'text/javascript; charset=utf-8', 'Cache-Control': 'no-cache' },
  });
}

async function ask(portal: URL, url: URL, request: Request): Promise<Response> {
  const headers = new Headers([...request.headers].filter(([name]) => !HOP_BY_HOP.test(name)));
  headers.set('accept-encoding', ENCODINGS);
  headers.set('x-forwarded-host', url.host);
  headers.set('x-forwarded-proto', url.protocol.slice(0, -1));
  // The site's own address, where a portal compares it with its own.
  if (headers.get('origin') === url.origin) headers.set('origin', portal.origin);
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
  return new Response(response.body, { ...statusOf(response), headers: passedOn(response.headers, asked, url) });
}

function statusOf({ status, statusText }: Response): ResponseInit {
  return { status, statusText };
}

function passedOn(received: Headers, asked: URL, url: URL): Headers {
  const headers = new Headers(received);
  if (headers.has('content-encoding')) for (const name of OF_ENCODED_BODY) headers.delete(name);
  if (/^text\/html/i.test(headers.get('content-type') ?? '')) headers.delete('content-length');
  headers.delete('connection');
  headers.delete('keep-alive');
  leadToGateway(headers, asked, url.origin);
  return headers;
}
