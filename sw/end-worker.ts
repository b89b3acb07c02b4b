import type { ServiceId } from '../src/compiled-policy/compiled-policy';
import { CONSENT_CHANNEL } from '../src/messages/messages';
import type { DocumentAccess } from '../src/csp/document-access';

/** The longest that a timer waits. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * What is added to the end of a worker's script. A worker keeps the policy that it was started under, also for what nobody here
 * sees: WebTransport, fonts in Firefox, sockets. Pages end those that they have started; shared workers outlive their
 * pages, and in Firefox those that they have started themselves do so, too. So each ends as soon as something is refused that it
 * is open to, or its consent does. Who needs it starts it anew.
 * @param refusable the services among those that it is open to
 */
export function endingWorker(refusable: ServiceId[], { expiresAt }: DocumentAccess): TransformStream<Uint8Array> {
  const isRefused = `${JSON.stringify(refusable)}.some((id) => data?.decision?.[id] === false)`;
  const onDecision = `new BroadcastChannel(${JSON.stringify(CONSENT_CHANNEL)}).onmessage = ({ data }) => { if (${isRefused}) self.close(); };`;
  const left = expiresAt - Date.now();
  const onExpiry = expiresAt && left < LONGEST_MS ? `setTimeout(() => self.close(), ${Math.max(0, left)});` : '';
  return new TransformStream({
    // A comment may be its last line.
    flush: (script) => script.enqueue(new TextEncoder().encode(`\n;${onDecision}${onExpiry}`)),
  });
}
