import type { CompiledService } from '../src/compiled-policy/compiled-policy';
import { CONSENT_CHANNEL } from '../src/messages/messages';
import type { DocumentAccess } from '../src/csp/document-access';
import { originsOf } from '../src/csp/document-csp';

/** The longest that a timer waits. */
const LONGEST_MS = 2 ** 31 - 1;

/** That all of a script is strict: among what stands before its first statement, read in one way only. */
const STRICT =
  /^(?:[\s;]|\/\/[^\n\r\u2028\u2029]*[\n\r\u2028\u2029]|\/\*(?:[^*]|\*(?!\/))*\*\/|#![^\n]*\n|"[^"\n]*"|'[^'\n]*')*?(["'])use strict\1/;

/**
 * What is put before a worker's script. A worker keeps the policy that it was started under, also for what nobody here
 * sees: WebTransport, fonts in Firefox, sockets. Pages end those that they have started; shared workers outlive their
 * pages, and in Firefox those that they have started themselves do so, too. So each ends as soon as something is refused that it
 * is open to, or its consent does, or the site's new policy does not open that. Who needs it starts it anew. One that throws, or
 * waits for ever, lives on: so this comes first, in the line of what follows. What a script puts in the place of `close` comes too
 * late then, but for a function that it declares: a shared worker with one, which nobody else ends, does not start.
 * @param open the services that it is open to
 */
export function endingWorker(
  open: CompiledService[],
  { expiresAt }: DocumentAccess,
  script: string,
  isShared: boolean,
): TransformStream<Uint8Array> {
  const refusable = open.filter(({ need }) => need !== 'necessary').map(({ id }) => id);
  const isRefused = `${JSON.stringify(refusable)}.some((id) => data?.decision?.[id] === false)`;
  const isDropped = `${JSON.stringify(originsOf(open))}.some((origin) => data?.open?.includes(origin) === false)`;
  const onNews = `new BroadcastChannel(${JSON.stringify(CONSENT_CHANNEL)}).onmessage = ({ data }) => { if (${isRefused} || ${isDropped}) end(); };`;
  const left = expiresAt - Date.now();
  const onExpiry = expiresAt && left < LONGEST_MS ? `setTimeout(end, ${Math.max(0, left)});` : '';
  const mustEnd = isShared && refusable.length > 0;
  const onDeclared = mustEnd
    ? `if (!/native code/.test(self.close)) throw Error("cookie-gatekeeper: this shared worker could not be ended, since it declares close; name that otherwise");`
    : '';
  const ending = `${onDeclared}((end) => { ${onNews}${onExpiry} })(self.close.bind(self));`;
  const directive = STRICT.test(script) ? '"use strict";' : '';
  // What only the first line may be is a comment there.
  const comment = script.startsWith('#!') ? '//' : '';
  return new TransformStream({
    start: (started) => started.enqueue(new TextEncoder().encode(directive + ending + comment)),
  });
}
