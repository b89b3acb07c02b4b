import { metaPolicyOf } from '../../csp/meta-lock';
import { isOwnCsp } from '../../csp/own-csp-header';
import { attributeOf, readTags, type Tag } from '../../csp/read-tags';

/** No site has a policy later than this that a browser would heed: it has to stand in the head. */
const SEARCHED = 64 * 1024;
const GATEKEEPER = /(^|\/)gatekeeper\.js([?#]|$)/;

/**
 * Replaces the policies that stand in a document as `<meta>`, as it streams by; and takes out the lock and the tag of a site that
 * has the gatekeeper already, after the tag that was put first. At most an unfinished tag, comment or script is held back, of
 * which a browser makes nothing either.
 * @param mapCsp asked for each policy
 */
export function mapHead(mapCsp: (policy: string) => string): TransformStream<Uint8Array, Uint8Array> {
  let held = '';
  let searched = 0;
  let done = false;
  let hasTag = false;
  /** Undefined for what stays. */
  const replacement = (tag: Tag): string | undefined => {
    const policy = metaPolicyOf(tag);
    if (policy !== undefined) return isOwnCsp(policy) ? '' : metaOf(mapCsp(policy));
    if (tag.name !== 'script' || !GATEKEEPER.test(attributeOf(tag, 'src') ?? '')) return undefined;
    if (hasTag) return '';
    hasTag = true;
    return undefined;
  };
  const send = (controller: TransformStreamDefaultController<Uint8Array>, text: string) => {
    if (text) controller.enqueue(Buffer.from(text, 'latin1'));
  };
  return new TransformStream({
    transform(chunk, controller) {
      if (done) return controller.enqueue(chunk);
      // A character for each byte: the tags are ASCII, whatever the page's encoding.
      const text = held + Buffer.from(chunk).toString('latin1');
      const { tags, length } = readTags(text);
      let mapped = '';
      let at = 0;
      for (const tag of tags) {
        done ||= tag.name === 'body';
        const instead = done ? undefined : replacement(tag);
        if (instead === undefined) continue;
        mapped += text.slice(at, tag.start) + instead;
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

function metaOf(policy: string): string {
  const content = policy.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<meta http-equiv="Content-Security-Policy" content="${content}">`;
}
