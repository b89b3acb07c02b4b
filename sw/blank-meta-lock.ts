import { metaLockOf } from '../src/csp/meta-lock';
import { TagReader } from '../src/csp/read-tags';

/** The lock stands first in `<head>`; nothing is searched, or held back, past the head or this many bytes. */
const SEARCHED = 64 * 1024;

/**
 * Blanks static `<meta>` locks out of an HTML stream. The stream keeps flowing: at most an unfinished tag is held back.
 * Blanks keep the length, and with it the Content-Length.
 * @param onLock told of each lock, before what follows it is passed on
 */
export function blankMetaLock(onLock?: (policy: string) => void): TransformStream<Uint8Array, Uint8Array> {
  const reader = new TagReader();
  let held = new Uint8Array();
  let searched = 0;
  let done = false;
  return new TransformStream({
    transform(chunk, controller) {
      if (done) {
        controller.enqueue(chunk);
        return;
      }
      const bytes = new Uint8Array(held.length + chunk.length);
      bytes.set(held);
      bytes.set(chunk, held.length);
      // Read as one character for each byte: the tag is ASCII, whatever the page's encoding.
      for (const tag of reader.tags(new TextDecoder('latin1').decode(bytes))) {
        done = /^(body|\/head)$/.test(tag.name);
        if (done) break;
        const lock = metaLockOf(tag);
        if (!lock) continue;
        bytes.fill(0x20, tag.start, tag.end);
        onLock?.(lock);
      }
      searched += chunk.length;
      done ||= searched > SEARCHED;
      const end = done ? bytes.length : reader.length;
      held = bytes.slice(end);
      if (end > 0) controller.enqueue(bytes.subarray(0, end));
    },
    flush(controller) {
      if (held.length > 0) controller.enqueue(held);
    },
  });
}
