import { readOpenedUnder } from '../csp/opened-under';
import { lock } from '../csp/wall';
import { serviceOf, type ServiceId, type ServiceTerms, type Terms } from '../gate/terms';

/** What this document's Content-Security-Policy lets through. It can be closed further, but never opened. */
export class DocumentWall {
  readonly #terms: Terms;
  readonly #opened = readOpenedUnder((performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined)?.serverTiming ?? []);
  /** The services that need consent and that the document was opened to. */
  readonly open = new Set(this.#opened?.services);
  /** The services that the visitor has allowed for this document only. */
  once: readonly ServiceId[] = this.#opened?.once ?? [];
  /** Whether loading the document again may open it. Not if the worker has let it pass as it came, after a form was posted. */
  readonly mayReopen = !!this.#opened || !(navigator as Partial<Navigator>).serviceWorker?.controller;

  constructor(terms: Terms) {
    this.#terms = terms;
    // A document that did not come through the worker has the server's lock. Where a server sends none, this
    // is the next best, for what the browser has not asked for yet.
    if (terms.wall !== 'off' && !this.#opened) this.add(lock(terms));
  }

  /** Whether the document itself lets a service’s scripts, images, styles and fetches through. */
  isOpenTo(id: ServiceId): boolean {
    return this.isOpenToFramesOf(id) || this.#opened?.wall === 'live';
  }

  /** Whether it lets everything of a service through, also frames, objects and sockets. */
  isOpenToFramesOf(id: ServiceId): boolean {
    return this.#terms.wall === 'off' || this.open.has(id) || passesLock(serviceOf(this.#terms, id));
  }

  /** Adds a policy to those that the document has: it closes what that one does not permit. */
  add(policy: string): void {
    const meta = document.createElement('meta');
    meta.httpEquiv = 'Content-Security-Policy';
    meta.content = policy;
    document.head.append(meta);
  }
}

/** Necessary services, and those that load nothing from elsewhere: no Content-Security-Policy of ours holds them. */
function passesLock(service: ServiceTerms | undefined): boolean {
  return !!service && (service.need === 'necessary' || service.origins.every((origin) => origin.startsWith('/')));
}
