import type { ConsentRecord } from '../consent/record';

const NAME = 'cookie-gatekeeper';

interface Change {
  record: ConsentRecord;
  /** The Content-Security-Policy that a document gets under it. */
  wall: string | undefined;
}

/**
 * Tells the site's other open pages of a change. A page that is put away into the back/forward cache leaves
 * the channel, so that it can stay there, and catches up when it is shown again.
 */
export class Tabs {
  #channel: BroadcastChannel | undefined;

  /**
   * @param heard called with a record that another page has stored, and the wall under it
   * @param shown called when this page comes back from the back/forward cache
   */
  constructor(heard: (record: ConsentRecord, wall: string | undefined) => void, shown: () => void) {
    const join = () => {
      this.#channel = new BroadcastChannel(NAME);
      this.#channel.onmessage = ({ data }: MessageEvent<Change>) => heard(data.record, data.wall);
    };
    join();
    window.addEventListener('pagehide', () => this.#channel?.close());
    window.addEventListener('pageshow', ({ persisted }) => {
      if (!persisted) return;
      join();
      shown();
    });
  }

  tell(record: ConsentRecord, wall: string | undefined): void {
    this.#channel?.postMessage({ record, wall } satisfies Change);
  }
}
