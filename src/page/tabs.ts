const NAME = 'cookie-gatekeeper';

/**
 * Tells the site's other open pages of a change. A page that is put away into the back/forward cache leaves
 * the channel, so that it can stay there, and catches up when it is shown again.
 */
export class Tabs {
  #channel: BroadcastChannel | undefined;

  /**
   * @param heard called when another page has changed the stored record
   * @param shown called when this page comes back from the back/forward cache, or was prerendered
   */
  constructor(heard: () => void, shown: () => void) {
    const join = () => {
      this.#channel = new BroadcastChannel(NAME);
      this.#channel.onmessage = heard;
    };
    join();
    document.addEventListener('prerenderingchange', shown);
    window.addEventListener('pagehide', () => {
      this.#channel?.close();
      this.#channel = undefined;
    });
    window.addEventListener('pageshow', ({ persisted }) => {
      if (!persisted) return;
      join();
      shown();
    });
  }

  tell(): void {
    this.#channel?.postMessage('changed');
  }
}
