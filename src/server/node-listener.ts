import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeReadable } from 'node:stream/web';
import type { TLSSocket } from 'node:tls';
import type { NodeRequest, NodeResponse } from './node-http';
import { problem } from './problem';
import { requestHeaders } from './request-headers';
import { requestPath } from './request-path';
import { UnreachablePortalError } from './unreachable-portal';

/** A request that Express, or one of its kin, may have read already. */
type Incoming = NodeRequest & { body?: unknown };

type Body = RequestInit['body'];

/**
 * Makes a handler of Fetch-API requests one for Node's `http` servers, Express, Connect and the like:
 * `app.use('/consent-receipts', nodeListener(receiveReceipts('receipts')))`.
 *
 * What the handler fails with is answered for, and said on standard error: a server that heeds no promise would end by it.
 *
 * The request's `signal` aborts when whoever asks has gone away.
 *
 * Who asks is told to the handler as the last address in `X-Forwarded-For`: those before it are what the request has said itself.
 *
 * Bodies that a parser such as `express.json()` has read before are taken from `request.body`; what other parsers make of forms and
 * files is none any more, and is answered for.
 */
export function nodeListener(
  handler: (request: Request) => Promise<Response>,
): (request: NodeRequest, response: NodeResponse) => Promise<void> {
  return async (incoming, outgoing) => {
    const gone = new AbortController();
    outgoing.once('close', () => gone.abort());
    try {
      await send(await answerTo(incoming, handler, gone.signal), incoming, outgoing);
    } catch (error) {
      // Nothing can be said any more behind half an answer.
      if (outgoing.headersSent) return void outgoing.destroy();
      await send(failure(error, incoming, gone.signal), incoming, outgoing).catch(() => outgoing.destroy());
    }
  };
}

async function answerTo(
  incoming: Incoming,
  handler: (request: Request) => Promise<Response>,
  signal: AbortSignal,
): Promise<Response | undefined> {
  const request = toRequest(incoming, signal);
  return request ? handler(request) : problem(400, 'The request has a method or an address that cannot be used.');
}

/** @throws (rejects) where Node cannot send such an answer, or the handler had read its body itself */
async function send(response: Response | undefined, incoming: Incoming, outgoing: NodeResponse): Promise<void> {
  // Whoever has gone away is told nothing.
  if (!response) return void outgoing.destroy();
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-assertion -- Where a test has the DOM's types, too, it is not.
  const body = response.body && Readable.fromWeb(response.body as NodeReadable);
  // What is left of a body that nobody wants is not waited for. HTTP/2 has no such header, and ends streams by itself.
  if (!incoming.complete && incoming.httpVersionMajor < 2) outgoing.setHeader('Connection', 'close');
  // Each cookie has a header of its own, which cannot be one value.
  const cookies = response.headers.getSetCookie();
  try {
    (outgoing as ServerResponse).writeHead(response.status, {
      ...Object.fromEntries(response.headers),
      ...(cookies.length > 0 && { 'set-cookie': cookies }),
    });
  } catch (error) {
    body?.destroy();
    // Or they would be sent with what is answered in its place, which HTTP/2 refuses again.
    for (const name of response.headers.keys()) outgoing.removeHeader(name);
    throw error;
  }
  if (!body) return void outgoing.end();
  // Sent as it comes; who has gone away meanwhile is told nothing more.
  await pipeline(body, outgoing).catch(() => outgoing.destroy());
}

/** What is answered where the handler has failed; undefined where that is only since the request was broken off. */
function failure(error: unknown, incoming: Incoming, { aborted }: AbortSignal): Response | undefined {
  if (aborted || (incoming.destroyed && !incoming.complete)) return undefined;
  const isUnreachable = error instanceof UnreachablePortalError;
  console.error(isUnreachable ? `cookie-gatekeeper: ${error.message}` : error);
  return new Response(
    isUnreachable
      ? 'The server behind this one could not be reached. Load the page again in a moment.\n'
      : 'Something has failed on this server. Its log says what.\n',
    {
      status: isUnreachable ? 502 : 500,
      headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
    },
  );
}

/** Undefined for what no Fetch-API request can be made of, such as the method TRACE. */
function toRequest(incoming: Incoming, signal: AbortSignal): Request | undefined {
  const { method = 'GET', url = '/', headers } = incoming;
  const host = headers.host ?? headers[':authority'] ?? 'localhost';
  const body = /^(GET|HEAD)$/.test(method) ? undefined : bodyOf(incoming);
  try {
    // `duplex` is required for a body that is a stream, and not in the types yet.
    const init = { method, headers: headersOf(incoming), body, signal, duplex: 'half' } as RequestInit;
    return new Request(`${schemeOf(incoming)}://${String(host)}${requestPath(url)}`, init);
  } catch {
    return undefined;
  }
}

/**
 * With who asks behind those for whom that is asked, as nginx's `$proxy_add_x_forwarded_for`: anybody can send the others, and
 * nobody this one.
 */
function headersOf(incoming: Incoming): Headers {
  const headers = requestHeaders(incoming);
  // Where a server listens to both, addresses of IPv4 are written as ones of IPv6.
  const address = incoming.socket.remoteAddress?.replace(/^::ffff:(?=[\d.]+$)/i, '');
  if (address) headers.append('x-forwarded-for', address);
  return headers;
}

/**
 * As visitors have it, where a proxy in front says so; of several, the first is the visitor's. Whoever else says it misleads nobody
 * but himself. Otherwise as this server is asked itself.
 */
function schemeOf({ headers, socket }: Incoming): 'http' | 'https' {
  const [said = ''] = String(headers['x-forwarded-proto'] ?? '').split(',');
  if (/^\s*https?\s*$/i.test(said)) return said.trim().toLowerCase() as 'http' | 'https';
  return (socket as Partial<TLSSocket>).encrypted ? 'https' : 'http';
}

function bodyOf(incoming: Incoming): Body {
  const { body, readableEnded, headers } = incoming;
  if (!readableEnded || body === undefined) return Readable.toWeb(incoming) as ReadableStream<Uint8Array>;
  if (isSentAsItIs(body)) return body;
  const type = headers['content-type'] ?? '';
  // Passed on as JSON, nobody would find what was filled in.
  if (/form/i.test(type))
    throw new Error(
      `cookie-gatekeeper: a parser has read the body of a request, as ${type}, before nodeListener could: put nodeListener before it.`,
    );
  return JSON.stringify(body);
}

function isSentAsItIs(body: unknown): body is string | Uint8Array<ArrayBuffer> {
  return typeof body === 'string' || body instanceof Uint8Array;
}
