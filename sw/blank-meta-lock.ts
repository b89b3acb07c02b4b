import { metaLockOf } from '../src/csp/meta-lock';
import { LONGEST_HEAD, readTags } from '../src/csp/read-tags';

export type BlankMetaLock = typeof blankMetaLock;

/**
 * Blanks static `<meta>` locks out of an HTML stream. The stream keeps flowing: at most an unfinished tag, comment or
 * script is held back, of which a browser makes nothing either. Comments of blanks keep the length, and with it the
 * Content-Length; for blanks alone, React would find a text in the head that it has not rendered, and start anew.
 * @param isReplaced asked of each lock; one that is not stays
 */
export function blankMetaLock(isReplaced: (policy: string) => unknown): TransformStream<Uint8Array, Uint8Array> {
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
      const { tags, length } = readTags(new TextDecoder('latin1').decode(bytes));
      for (const tag of tags) {
        done ||= tag.name === 'body';
        const lock = metaLockOf(tag);
        if (!done && lock && isReplaced(lock)) bytes.set(commentOf(tag.end - tag.start), tag.start);
      }
      searched += chunk.length;
      done ||= searched > LONGEST_HEAD;
      const end = done ? bytes.length : length;
      held = bytes.slice(end);
      if (end > 0) controller.enqueue(bytes.subarray(0, end));
    },
    flush(controller) {
      if (held.length > 0) controller.enqueue(held);
    },
  });
}

function commentOf(length: number): Uint8Array {
  return new TextEncoder().encode(`<!--${' '.repeat(length - 7)}-->`);
}
