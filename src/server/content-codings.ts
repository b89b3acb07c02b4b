import { constants, createGzip } from 'node:zlib';

/** An element of `Accept-Encoding`, with its weight: https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3. */
const ACCEPTED = /^\s*([^\s;]+)\s*(?:;\s*q\s*=\s*([\d.]+)\s*)?$/i;
const GZIP = /^(x-)?gzip$/i;
/** What is text, also where its type does not begin so. */
const TEXT = /^text\/|[/+](x-)?(json|ndjson|xml|javascript|manifest)\b/i;
/** Events come one by one, each when something has happened. */
const EVENTS = /^text\/event-stream/i;
/** Responses that have no body, or a part of one. */
const WITHOUT_WHOLE_BODY = [204, 205, 206, 304];

/** What a runtime that compresses by itself, as Cloudflare's does, has to know of a body that is compressed. Others do not read it. */
export const COMPRESSED_ALREADY = { encodeBody: 'manual' };

/** Whether a request may be answered by what `gzip` has made smaller. */
export function acceptsGzip(request: Headers): boolean {
  const accepted = (request.get('accept-encoding') ?? '')
    .split(',')
    .map((element) => ACCEPTED.exec(element))
    .filter((element) => element !== null);
  const gzip = accepted.find(([, coding]) => GZIP.test(coding!)) ?? accepted.find(([, coding]) => coding === '*');
  return gzip !== undefined && Number(gzip[2] ?? 1) > 0;
}

/** Whether a response becomes smaller, and may. */
export function isCompressible({ status, headers }: Response): boolean {
  const type = headers.get('content-type') ?? '';
  if (WITHOUT_WHOLE_BODY.includes(status) || !TEXT.test(type) || EVENTS.test(type)) return false;
  return !/no-transform/i.test(headers.get('cache-control') ?? '');
}

/** Says that a response depends on what the visitor accepts. */
export function varyByEncoding(headers: Headers): void {
  if (!/(^|,)\s*(\*|accept-encoding)\s*(,|$)/i.test(headers.get('vary') ?? ''))
    headers.append('vary', 'Accept-Encoding');
}

/**
 * Compresses what streams by, and keeps nothing back, as `CompressionStream` does: a document that comes slowly is seen as it
 * comes.
 */
export function gzipAsItComes(): TransformStream<Uint8Array, Uint8Array> {
  const gzip = createGzip({ flush: constants.Z_SYNC_FLUSH });
  let compressed: Uint8Array[] = [];
  gzip.on('data', (chunk: Uint8Array) => compressed.push(new Uint8Array(chunk)));
  // Only from where a failure is the stream's: whoever reads it may have gone away meanwhile.
  const passOn = (controller: TransformStreamDefaultController<Uint8Array>) => {
    for (const chunk of compressed) controller.enqueue(chunk);
    compressed = [];
  };
  return new TransformStream({
    async transform(chunk, controller) {
      await new Promise<void>((resolve, reject) => gzip.write(chunk, (error) => (error ? reject(error) : resolve())));
      passOn(controller);
    },
    async flush(controller) {
      await new Promise<unknown>((resolve, reject) => gzip.on('error', reject).on('end', resolve).end());
      passOn(controller);
    },
  });
}
