import type { Mirror } from '../../consent/mirror';
import type { TabMessage } from '../../messages/messages';

/** A page that does nothing else has heard within milliseconds; one that is busy longer, or frozen, closes when it goes on. */
const HEED_LIMIT_MS = 1_000;

/**
 * Tells the site's other open pages of a decision, and waits until they have closed to what it refuses.
 * @param channel undefined while the page is put away: what is shown later sees the decision in the mirror
 * @param pages how many there are
 * @returns how many were not heard of in time
 */
export async function announceDecision(
  channel: BroadcastChannel | undefined,
  decision: Mirror,
  pages: Promise<number>,
): Promise<number> {
  if (!channel) return 0;
  let heeding = 0;
  let expected = Infinity;
  const enough = new AbortController();
  const count = ({ data: { heeded } }: MessageEvent<TabMessage>) => {
    if (heeded === decision['timestamp']) heeding++;
    if (heeding >= expected) enough.abort();
  };
  channel.addEventListener('message', count);
  channel.postMessage({ decision } satisfies TabMessage);
  expected = await pages;
  if (heeding < expected) await aborted(enough.signal);
  channel.removeEventListener('message', count);
  return Math.max(0, expected - heeding);
}

function aborted(signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', resolve);
    setTimeout(resolve, HEED_LIMIT_MS);
  });
}
