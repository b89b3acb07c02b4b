import type { Mirror } from '../../consent/mirror';
import { HEEDED_CHANNEL, type TabMessage } from '../../messages/messages';

/** A page that does nothing else has heard within milliseconds; one that is busy longer, or frozen, closes when it goes on. */
const HEED_LIMIT_MS = 1_000;

/** Tells the site's other open pages of a decision. A page that is put away has no channel: what is shown later sees it in the mirror. */
export function announceDecision(channel: BroadcastChannel | undefined, decision: Mirror): void {
  channel?.postMessage({ decision } satisfies TabMessage);
}

/**
 * Tells the site's other open pages of a decision, and waits until they have closed to what it refuses.
 * @param pages how many there are
 * @returns how many were not heard of in time
 */
export async function closeOtherPages(
  channel: BroadcastChannel | undefined,
  decision: Mirror,
  pages: Promise<number>,
): Promise<number> {
  if (!channel) return 0;
  let heeding = 0;
  let expected = Infinity;
  const enough = new AbortController();
  const answers = new BroadcastChannel(HEEDED_CHANNEL);
  answers.onmessage = ({ data }) => {
    if (data === decision['timestamp']) heeding++;
    if (heeding >= expected) enough.abort();
  };
  announceDecision(channel, decision);
  expected = await pages;
  if (heeding < expected) await aborted(enough.signal);
  answers.close();
  return Math.max(0, expected - heeding);
}

function aborted(signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', resolve);
    setTimeout(resolve, HEED_LIMIT_MS);
  });
}
