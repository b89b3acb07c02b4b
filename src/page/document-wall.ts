import { readOpenedUnder } from '../csp/opened-under';
import type { ServiceId, Terms } from '../gate/terms';

const RELOADED = 'cookie-gatekeeper:reloaded-for';

/** What this document's Content-Security-Policy lets through. It can be closed further, but never opened. */
export class DocumentWall {
  readonly #wall: Terms['wall'];
  readonly #opened = readOpenedUnder((performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined)?.serverTiming ?? []);
  readonly #open: Set<ServiceId>;

  constructor({ wall, services }: Terms) {
    this.#wall = wall;
    // A document that did not come through the worker has the server's lock, which necessary services pass.
    const necessary = [...services.values()].filter(({ need }) => need === 'necessary').map(({ id }) => id);
    this.#open = new Set(wall === 'off' ? services.keys() : [...necessary, ...(this.#opened?.services ?? [])]);
  }

  /** Whether the document itself lets a service’s scripts, images, styles and fetches through. */
  isOpenTo(id: ServiceId): boolean {
    return this.#open.has(id) || this.#opened?.wall === 'live';
  }

  /**
   * Closes the document to services that are refused now, also where the gate does not see them: sockets and
   * frames. Their frames become inert markup, which a later grant activates.
   * @param wall the Content-Security-Policy that a document gets under the present consent
   * @param servicesOf which services URLs belong to
   */
  async close(refused: ServiceId[], wall: string, servicesOf: (urls: string[]) => Promise<(ServiceId | undefined)[]>): Promise<void> {
    if (this.#wall === 'off' || !refused.some((id) => this.#open.delete(id))) return;
    refused.forEach((id) => this.#open.delete(id));
    const meta = document.createElement('meta');
    meta.httpEquiv = 'Content-Security-Policy';
    meta.content = wall;
    document.head.append(meta);
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
