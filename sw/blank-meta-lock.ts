import { LOCK_MARKER } from '../src/csp/wall';

const META_LOCK = new RegExp(`<meta[^>]*${LOCK_MARKER}[^>]*>`, 'i');
/** The lock stands first in `<head>`; nothing is searched, or held back, past the head or this many bytes. */
const SEARCHED = 64 * 1024;

/**
 * Blanks a static `<meta>` lock out of an HTML stream. The stream keeps flowing: at most an unfinished tag
 * is held back. Blanks keep the length, and with it the Content-Length.
 */
export function blankMetaLock(): TransformStream<Uint8Array, Uint8Array> {
  let held = new Uint8Array();
  let searched = 0;
  let done = false;
  return new TransformStream({
    transform(chunk, controller) {
      if (done) {
        controller.enqueue(chunk);
        return;
      }
      const bytes = new Uint8Array([...held, ...chunk]);
      // Read as one character for each byte: the tag is ASCII, whatever the page's encoding.
      const text = new TextDecoder('latin1').decode(bytes);
      const found = META_LOCK.exec(text);
      if (found) bytes.fill(0x20, found.index, found.index + found[0].length);
      searched += chunk.length;
      done = !!found || searched > SEARCHED || /<body|<\/head/i.test(text);
      const unfinished = text.lastIndexOf('<');
      const end = done || unfinished < 0 || text.includes('>', unfinished) ? bytes.length : unfinished;
      held = bytes.slice(end);
      if (end > 0) controller.enqueue(bytes.subarray(0, end));
    },
    flush(controller) {
      if (held.length > 0) controller.enqueue(held);
    },
  });
}
