import { readOpenedUnder } from '../csp/opened-under';
import { lock, openServices, wall } from '../csp/wall';
import type { Consent } from '../consent/record';
import type { ServiceId, Terms } from '../gate/terms';

const RELOADED = 'cookie-gatekeeper:reloaded-for';

/** What this document's Content-Security-Policy lets through. It can be closed further, but never opened. */
export class DocumentWall {
  readonly #terms: Terms;
  readonly #opened = readOpenedUnder((performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined)?.serverTiming ?? []);
  readonly #open: Set<ServiceId>;

  constructor(terms: Terms) {
    this.#terms = terms;
    if (terms.wall === 'off') {
      this.#open = new Set(terms.services.keys());
      return;
    }
    // A document that did not come through the worker has the server's lock. Where a server sends none, this
    // is the next best, for what the browser has not asked for yet.
    if (!this.#opened) addPolicy(lock(terms));
    const necessary = [...terms.services.values()].filter(({ need }) => need === 'necessary').map(({ id }) => id);
    this.#open = new Set([...necessary, ...(this.#opened?.services ?? [])]);
  }

  /** Whether the document itself lets a service’s scripts, images, styles and fetches through. */
  isOpenTo(id: ServiceId): boolean {
    return this.#open.has(id) || this.#opened?.wall === 'live';
  }

  /**
   * Closes the document to services that are refused now, also where the gate does not see them: sockets and
   * frames. Their frames become inert markup, which a later grant activates.
   * @param servicesOf which services URLs belong to
   */
  async close(consent: Consent, servicesOf: (urls: string[]) => Promise<(ServiceId | undefined)[]>): Promise<void> {
    const permitted = openServices(consent, this.#terms).map(({ id }) => id);
    const refused = [...this.#open].filter((id) => !permitted.includes(id));
    if (this.#terms.wall === 'off' || refused.length === 0) return;
    refused.forEach((id) => this.#open.delete(id));
    addPolicy(wall(consent, this.#terms));
    const frames = [...document.querySelectorAll<HTMLIFrameElement>('iframe[src]')];
    const services = await servicesOf(frames.map(({ src }) => src));
    frames.forEach((frame, index) => {
      const service = services[index];
      if (!service || !refused.includes(service)) return;
      Object.assign(frame.dataset, { src: frame.src, service });
      frame.src = 'about:blank';
    });
  }

  /**
   * Loads the document again, through the worker, so that it opens under the present consent. At most once
   * for each decision: a page that cannot be opened stays as it is instead of reloading for ever.
   * @param decision the record's id
   * @param mayReload asked only when a reload is possible
   */
  reload(decision: string, mayReload: () => boolean): void {
    try {
      if (sessionStorage.getItem(RELOADED) === decision) return;
      if (!mayReload()) return;
      sessionStorage.setItem(RELOADED, decision);
    } catch {
      return; // Without a memory of it, a reload could become a loop.
    }
    location.reload();
  }
}

function addPolicy(content: string): void {
  const meta = document.createElement('meta');
  meta.httpEquiv = 'Content-Security-Policy';
  meta.content = content;
  document.head.append(meta);
}
