import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { acceptsGzip, COMPRESSED_ALREADY, varyByEncoding } from './content-codings';

/** A file as it is sent in one encoding. */
interface Encoded {
  bytes: Uint8Array<ArrayBuffer>;
  etag: string;
}

interface Served {
  plain: Encoded;
  gzip: Encoded;
}

const HEADERS = { 'Content-Type': 'text/javascript; charset=utf-8', 'Cache-Control': 'no-cache' };
/** An entity-tag in a list, without what says that it is weak: here, that makes no difference. */
const ENTITY_TAG = /"[^"]*"/g;

/**
 * Serves built files from the root. Every page asks for them, so they are small, and sent anew only where they are others.
 * @param mark what they are sent with beside their bytes, such as the worker's lock: browsers that know a file by its validator
 * keep that of the last time
 * @returns a function from a request to the response; undefined for what is no file
 */
export function servedFiles(
  files: Readonly<Record<string, string>>,
  mark: string,
): (request: Request, name: string) => Response | undefined {
  const served = new Map<string, Served>();
  return (request, name) => {
    if (!Object.hasOwn(files, name)) return undefined;
    if (!/^(GET|HEAD)$/.test(request.method)) return refusedMethod();
    // Once, and by the first who asks: in Workers, there is little time to start.
    const file = served.get(name) ?? encode(files[name]!, mark);
    served.set(name, file);
    return respond(request, file);
  };
}

function encode(text: string, mark: string): Served {
  const bytes = new TextEncoder().encode(text);
  const hash = createHash('sha256').update(`${mark}\n`).update(bytes).digest('base64url').slice(0, 22);
  return {
    plain: { bytes, etag: `"${hash}"` },
    gzip: { bytes: new Uint8Array(gzipSync(bytes, { level: 9 })), etag: `"${hash}-gzip"` },
  };
}

function respond(request: Request, { plain, gzip }: Served): Response {
  const isZipped = acceptsGzip(request.headers);
  const { bytes, etag } = isZipped ? gzip : plain;
  const headers = new Headers({ ...HEADERS, ETag: etag });
  varyByEncoding(headers);
  if (isKnown(etag, request.headers.get('if-none-match'))) return new Response(null, { status: 304, headers });
  headers.set('Content-Length', String(bytes.length));
  if (isZipped) headers.set('Content-Encoding', 'gzip');
  return new Response(request.method === 'HEAD' ? null : bytes, { headers, ...(isZipped && COMPRESSED_ALREADY) });
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2 */
function isKnown(etag: string, ifNoneMatch: string | null): boolean {
  if (ifNoneMatch === null) return false;
  return ifNoneMatch.trim() === '*' || [...ifNoneMatch.matchAll(ENTITY_TAG)].some(([tag]) => tag === etag);
}

function refusedMethod(): Response {
  return new Response('This file can only be read: ask for it by GET or HEAD.\n', {
    status: 405,
    headers: { Allow: 'GET, HEAD', 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
  });
}
