import { listenToWindow } from '../../dom/listen-to-window';
import type { Mirror } from '../../consent/mirror';
import { CONSENT_CHANNEL, HEEDED_CHANNEL, type ClaimMessage, type TabMessage } from '../../messages/messages';

/**
 * Hears of what is decided in the site's other open pages. A page that is put away into the back/forward cache leaves
 * the channel, so that it can stay there, and catches up when it is shown again.
 */
export class ConsentChannel {
  /** Undefined while the page is put away. */
  channel: BroadcastChannel | undefined;

  /**
   * @param heard called when another page has changed the stored record: closes this page to what is refused
   * @param shown called when this page comes back from the back/forward cache, was prerendered, or goes on after it was
   * frozen; whether it may be loaded again
   * @param claimed called when another page has asked the worker to take over what it does not control
   */
  constructor(heard: (decision: Mirror) => void, shown: (mayReload: boolean) => void, claimed: () => void) {
    const join = () => {
      const channel = new BroadcastChannel(CONSENT_CHANNEL);
      channel.onmessage = ({ data: { decision, claims } }: MessageEvent<Partial<TabMessage & ClaimMessage>>) => {
        if (claims) claimed();
        if (!decision) return; // Not from here.
        heard(decision);
        const answers = new BroadcastChannel(HEEDED_CHANNEL);
        answers.postMessage(decision['timestamp']);
        answers.close();
      };
      this.channel = channel;
    };
    join();
    // Before any listener of the page's own, which may be the window's.
    listenToWindow('prerenderingchange', () => shown(true), true);
    listenToWindow('resume', () => shown(false), true);
    listenToWindow('pagehide', () => {
      this.channel?.close();
      this.channel = undefined;
    });
    listenToWindow('pageshow', ({ persisted }: PageTransitionEvent) => {
      if (!persisted) return;
      join();
      shown(true);
    });
  }
}
