/** A head that begins later than this is none that a browser would wait for. */
const MOST_BYTES = 16_384;
const HEAD = /<head(?:\s[^>]*)?>/i;
/** Where markup may begin without one: after the document type. */
const START = /^\s*(?:<!--[\s\S]*?-->\s*)*(?:<!doctype[^>]*>\s*)?(?:<html[^>]*>)?/i;

/**
 * Inserts markup first in the `<head>` of a document, as it streams by. Whatever its encoding, so long as that has ASCII's
 * letters: bytes are never decoded.
 * @param markup in ASCII
 */
export function insertIntoHead(markup: string): TransformStream<Uint8Array, Uint8Array> {
  const inserted = new TextEncoder().encode(markup);
  let waiting: Uint8Array | undefined = new Uint8Array();
  const emit = (controller: TransformStreamDefaultController<Uint8Array>, bytes: Uint8Array, at: number) => {
    controller.enqueue(bytes.slice(0, at));
    controller.enqueue(inserted);
    controller.enqueue(bytes.slice(at));
    waiting = undefined;
  };
  return new TransformStream({
    transform(chunk, controller) {
      if (!waiting) return controller.enqueue(chunk);
      waiting = joined(waiting, chunk);
      const found = HEAD.exec(asText(waiting));
      if (found) return emit(controller, waiting, found.index + found[0].length);
      if (waiting.length > MOST_BYTES) emit(controller, waiting, startIn(waiting));
    },
    flush(controller) {
      if (waiting && waiting.length > 0) emit(controller, waiting, startIn(waiting));
    },
  });
}

function startIn(bytes: Uint8Array): number {
  return START.exec(asText(bytes))?.[0].length ?? 0;
}

/** A character for each byte. */
function asText(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes.subarray(0, 2 * MOST_BYTES)) text += String.fromCharCode(byte);
  return text;
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
