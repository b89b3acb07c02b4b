import { metaPolicyOf } from '../../csp/meta-lock';
import { readTags } from '../../csp/read-tags';

/** No site has one later than this that a browser would heed: it has to stand in the head. */
const SEARCHED = 64 * 1024;

/**
 * Replaces the policies that stand in a document as `<meta>`, as it streams by. At most an unfinished tag, comment or script is
 * held back, of which a browser makes nothing either.
 * @param map asked for each policy
 */
export function mapMetaCsp(map: (policy: string) => string): TransformStream<Uint8Array, Uint8Array> {
  let held = '';
  let searched = 0;
  let done = false;
  const send = (controller: TransformStreamDefaultController<Uint8Array>, text: string) => {
    if (text) controller.enqueue(Buffer.from(text, 'latin1'));
  };
  return new TransformStream({
    transform(chunk, controller) {
      if (done) return controller.enqueue(chunk);
      // A character for each byte: the tag is ASCII, whatever the page's encoding.
      const text = held + Buffer.from(chunk).toString('latin1');
      const { tags, length } = readTags(text);
      let mapped = '';
      let at = 0;
      for (const tag of tags) {
        done ||= tag.name === 'body';
        const policy = done ? undefined : metaPolicyOf(tag);
        if (policy === undefined) continue;
        mapped += text.slice(at, tag.start) + tagOf(map(policy));
        at = tag.end;
      }
      searched += chunk.length;
      done ||= searched > SEARCHED;
      const end = done ? text.length : length;
      held = text.slice(end);
      send(controller, mapped + text.slice(at, end));
    },
    flush: (controller) => send(controller, held),
  });
}

function tagOf(policy: string): string {
  const content = policy.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<meta http-equiv="Content-Security-Policy" content="${content}">`;
}
