import { applyDocumentHeaders } from './apply-document-headers';
import { askPortal, type OriginHeader } from './ask-portal';
import { acceptsGzip, COMPRESSED_ALREADY, gzipAsItComes, isCompressible, varyByEncoding } from './content-codings';
import { insertIntoHead } from './insert-into-head';
import { readPortal } from './portal-address';
import { servedFiles } from './served-files';
import { makeServerKey } from './server-key';

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
  /**
   * What the portal is told as `Origin` by pages of the site, with which many frameworks see whether a form was posted by a page of
   * their own. `rewrite`, unless it is set, makes it the portal's, for those that compare it with `Host`, such as Django.
   * `preserve` leaves it as the visitor's browser has sent it, for those that compare it with `X-Forwarded-Host`, such as the
   * Server Actions of Next.js, and Rails.
   */
  originHeader?: OriginHeader;
}

const SCRIPT = 'gatekeeper.js';
const TAG = `<script src="/${SCRIPT}"></script>`;
/** The labels of UTF-16, whose letters are none of ASCII's: https://encoding.spec.whatwg.org/#names-and-labels. */
const UTF_16 = /charset\s*=\s*["']?\s*(utf-16|unicode|csunicode|iso-10646-ucs-2|ucs-2)/i;

/**
 * The gateway: stands in front of a portal whose server cannot be changed, and gives its documents the lock, or the wall for what
 * the mirror cookie permits, and the tag. Everything else passes as it is. For Cloudflare Workers, Deno, Bun and, by
 * `nodeListener`, Node. WebSockets are refused: let them go to the portal.
 *
 * What the portal compresses is opened, and compressed again for visitors who accept gzip.
 *
 * Documents that are opened are one visitor's: put no cache that visitors share in front of it that overrules `Vary` and
 * `Cache-Control`.
 *
 * @returns a function from a request to the response; rejects where the portal cannot be reached
 * @throws {PolicyError} when the policy has mistakes
 * @throws {TypeError} when the origin is none, or `originHeader` none of its words
 */
export function gateway({
  origin,
  policy,
  files = {},
  tag = TAG,
  originHeader = 'rewrite',
}: GatewayOptions): (request: Request) => Promise<Response> {
  const key = makeServerKey(policy);
  const portal = readPortal(origin);
  const ask = askPortal(portal, originHeader);
  const serve = servedFiles(files, key.workerLock ?? '');
  const warn = warnOnce(portal, files);
  return async (request) => {
    if (/^websocket$/i.test(request.headers.get('upgrade') ?? '')) return refusedWebSocket();
    const url = new URL(request.url);
    const file = serve(request, url.pathname.slice(1));
    const { response, isDecoded } = file ? { response: file, isDecoded: false } : await ask(url, request);
    warn(url, response);
    const headers = new Headers(response.headers);
    applyDocumentHeaders(key, url, request.headers, response.status, headers);
    const inserted = takesTag(response) && !key.isExcluded(url) ? tagFor(tag, request, headers) : '';
    const isVaried = isDecoded && isCompressible(response);
    if (isVaried) varyByEncoding(headers);
    const isZipped = isVaried && acceptsGzip(request.headers);
    if (isZipped) headers.set('content-encoding', 'gzip');
    if (inserted || isDecoded) nameOtherBytes(headers);
    if (!file && response.status === 304) nameAsBefore(headers, request.headers);
    const { status, statusText } = response;
    const tagged = inserted ? response.body?.pipeThrough(insertIntoHead(inserted)) : response.body;
    const body = isZipped ? tagged?.pipeThrough(gzipAsItComes()) : tagged;
    return new Response(body, {
      status,
      statusText,
      headers,
      ...(headers.has('content-encoding') && COMPRESSED_ALREADY),
    });
  };
}

/** Says that the portal has not the files, where nobody else does. */
function warnOnce(portal: URL, files: object): (url: URL, response: Response) => void {
  let hasWarned = Object.hasOwn(files, SCRIPT);
  return ({ pathname }, { status }) => {
    if (hasWarned || status !== 404 || pathname !== `/${SCRIPT}`) return;
    hasWarned = true;
    console.warn(
      `cookie-gatekeeper: ${portal.origin} answers 404 for /${SCRIPT}, so nobody is asked, and everything stays closed. Put the files there that "build" has written, or give them to the gateway as \`files\`.`,
    );
  };
}

/** Parts of a document, and what is still encoded, are nothing that a tag belongs into. */
function takesTag({ status, headers }: Response): boolean {
  const type = headers.get('content-type') ?? '';
  return status !== 206 && /^text\/html/i.test(type) && !UTF_16.test(type) && !headers.has('content-encoding');
}

function tagFor(tag: Exclude<GatewayOptions['tag'], undefined>, request: Request, headers: Headers): string {
  return typeof tag === 'function' ? tag(request, headers) : tag;
}

/** What is sent has other bytes than those that a strong validator names, and that parts are counted in. */
function nameOtherBytes(headers: Headers): void {
  const validator = headers.get('etag');
  if (validator && !validator.startsWith('W/')) headers.set('etag', `W/${validator}`);
  headers.delete('accept-ranges');
}

/** What has not changed keeps the validator by which the visitor knows it: no type says any more whether it was made weak. */
function nameAsBefore(headers: Headers, request: Headers): void {
  const weak = `W/${headers.get('etag')}`;
  if (request.get('if-none-match')?.includes(weak)) headers.set('etag', weak);
}

/** A document in its place would be taken for the portal's own refusal. */
function refusedWebSocket(): Response {
  return new Response('The gateway takes no WebSockets. Whoever runs it has to lead them to the portal itself.\n', {
    status: 501,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
  });
}
