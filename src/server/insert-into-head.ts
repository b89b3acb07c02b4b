/** A head that begins later than this is none that a browser would wait for. */
const MOST_BYTES = 16_384;
const ATTRIBUTES = String.raw`(?:\s(?:[^>"']|"[^"]*"|'[^']*')*)?`;
/** What may stand before the head, and the head's own tag. Scripts, and all else that comes later, may have one written in them. */
const START = new RegExp(
  String.raw`^(?:\xef\xbb\xbf)?(?:\s|<!--[^]*?-->|<[!?](?!--)[^>]*>|<html${ATTRIBUTES}>)*(<head${ATTRIBUTES}>)?`,
  'i',
);
/** A byte order mark of UTF-16, whose letters are none of ASCII's. */
const UTF_16 = /^(?:\xfe\xff|\xff\xfe)/;
/** What may become any of these with what comes next. */
const UNFINISHED = /^(?:\xef\xbb?|\xfe|\xff)?$|^<(?:$|[!?]|(?:h|ht|htm|html|he|hea|head)$|(?:html|head)\s)/i;

/**
 * Inserts markup first in the `<head>` of a document, as it streams by; in one without that tag, where a browser begins one.
 * Whatever its encoding, so long as that has ASCII's letters: bytes are never decoded. One in UTF-16 is left as it is.
 * @param markup in ASCII
 */
export function insertIntoHead(markup: string): TransformStream<Uint8Array, Uint8Array> {
  const inserted = new TextEncoder().encode(markup);
  let waiting: Uint8Array | undefined = new Uint8Array();
  const emit = (
    controller: TransformStreamDefaultController<Uint8Array>,
    bytes: Uint8Array,
    at: number | undefined,
  ) => {
    waiting = undefined;
    if (at === undefined) return controller.enqueue(bytes);
    controller.enqueue(joined(joined(bytes.subarray(0, at), inserted), bytes.subarray(at)));
  };
  return new TransformStream({
    transform(chunk, controller) {
      if (!waiting) return controller.enqueue(chunk);
      waiting = joined(waiting, chunk);
      const { at, isSure } = startIn(waiting);
      if (isSure || waiting.length > MOST_BYTES) emit(controller, waiting, at);
    },
    flush(controller) {
      if (waiting && waiting.length > 0) emit(controller, waiting, startIn(waiting).at);
    },
  });
}

/** Where the markup belongs: nowhere, where that is undefined. */
function startIn(bytes: Uint8Array): { at: number | undefined; isSure: boolean } {
  const text = asText(bytes);
  if (UTF_16.test(text)) return { at: undefined, isSure: true };
  const [start, head] = START.exec(text)!;
  return { at: start.length, isSure: head !== undefined || !UNFINISHED.test(text.slice(start.length)) };
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
