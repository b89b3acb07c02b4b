import type { ServiceId } from '../src/compiled-policy/compiled-policy';

/**
 * A page that is loaded again asks for its address within milliseconds, unless the site asks the visitor first whether to leave
 * it. One that then stays must not leave a pass behind, for whoever opens the address next.
 */
const WAITING_LIMIT_MS = 30_000;

/**
 * What the visitor has allowed for one page only. Kept in memory: a worker that was stopped has forgotten it, and
 * refuses. A page is known by its client's id, which no other page ever has, and says itself when it is left.
 */
export class OneTimeGrants {
  #waiting: { url: string; services: ServiceId[]; since: number } | undefined;
  readonly #byPage = new Map<string, ServiceId[]>();

  /** @param url of the page that is to be loaded now */
  give(url: string, services: ServiceId[]): void {
    this.#waiting = { url, services, since: Date.now() };
  }

  /**
   * A page is opened: a pass that waits for its address becomes its own, and opens nothing more.
   * @param page empty for what is fetched ahead: that is no client yet
   */
  open(url: string, page: string): void {
    if (!page) return;
    // Led on to another address, it keeps its id.
    this.#byPage.delete(page);
    if (this.#waiting?.url !== url) return;
    if (Math.abs(Date.now() - this.#waiting.since) < WAITING_LIMIT_MS) this.#byPage.set(page, this.#waiting.services);
    this.#waiting = undefined;
  }

  of(page: string): ServiceId[] | undefined {
    return this.#byPage.get(page);
  }

  /** A page is left. A browser may bring it back as it was, and it has the same id then. */
  endIn(page: string): void {
    this.#byPage.delete(page);
  }

  /** The visitor has decided something. */
  end(): void {
    this.#waiting = undefined;
    this.#byPage.clear();
  }
}
