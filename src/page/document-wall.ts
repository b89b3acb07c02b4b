import { readOpenedUnder } from '../csp/opened-under';
import { lock, openServices, wall } from '../csp/wall';
import type { Consent } from '../consent/record';
import type { ServiceId, ServiceTerms, Terms } from '../gate/terms';

/** What this document's Content-Security-Policy lets through. It can be closed further, but never opened. */
export class DocumentWall {
  readonly #terms: Terms;
  readonly #opened = readOpenedUnder((performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined)?.serverTiming ?? []);
  readonly #open: Set<ServiceId>;
  /** Whether loading the document again may open it. Not if the worker has let it pass as it came, after a form was posted. */
  readonly mayReopen = !!this.#opened || !(navigator as Partial<Navigator>).serviceWorker?.controller;

  constructor(terms: Terms) {
    this.#terms = terms;
    if (terms.wall === 'off') {
      this.#open = new Set(terms.services.keys());
      return;
    }
    // A document that did not come through the worker has the server's lock. Where a server sends none, this
    // is the next best, for what the browser has not asked for yet.
    if (!this.#opened) addPolicy(lock(terms));
    this.#open = new Set(this.#opened?.services);
  }

  /** Whether the document itself lets a service’s scripts, images, styles and fetches through. */
  isOpenTo(id: ServiceId): boolean {
    return this.isOpenToFramesOf(id) || this.#opened?.wall === 'live';
  }

  /** Whether it lets everything of a service through, also frames, objects and sockets. */
  isOpenToFramesOf(id: ServiceId): boolean {
    return this.#open.has(id) || passesLock(this.#terms.services.get(id));
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
}

/** Necessary services, and those that load nothing from elsewhere: no Content-Security-Policy of ours holds them. */
function passesLock(service: ServiceTerms | undefined): boolean {
  return !!service && (service.need === 'necessary' || service.origins.every((origin) => origin.startsWith('/')));
}

function addPolicy(content: string): void {
  const meta = document.createElement('meta');
  meta.httpEquiv = 'Content-Security-Policy';
  meta.content = content;
  document.head.append(meta);
}
