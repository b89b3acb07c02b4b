const NAME = 'cookie-gatekeeper';

/**
 * Tells the site's other open pages of a change. A page that is put away into the back/forward cache leaves
 * the channel, so that it can stay there, and catches up when it is shown again.
 */
export class Tabs {
  #channel: BroadcastChannel | undefined;

  /**
   * @param heard called when another page has changed the stored record, with the wall that documents get under it
   * @param shown called when this page comes back from the back/forward cache
   */
  constructor(heard: (wall: string | undefined) => void, shown: () => void) {
    const join = () => {
      this.#channel = new BroadcastChannel(NAME);
      this.#channel.onmessage = ({ data }) => heard(data as string | undefined);
    };
    join();
    window.addEventListener('pagehide', () => this.#channel?.close());
    window.addEventListener('pageshow', ({ persisted }) => {
      if (!persisted) return;
      join();
      shown();
    });
  }

  tell(wall: string | undefined): void {
    this.#channel?.postMessage(wall);
  }
}
