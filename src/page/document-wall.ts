import { readMirror } from '../consent/mirror';
import { readOpenedUnder, type OpenedUnder } from '../csp/opened-under';
import { lock } from '../csp/wall';
import { serviceOf, type ServiceId, type ServiceTerms, type Terms } from '../gate/terms';

/** What this document's Content-Security-Policy lets through. It can be closed further, but never opened. */
export class DocumentWall {
  readonly #terms: Terms;
  readonly #opened: OpenedUnder | undefined;
  /** The services that need consent and that the document was opened to. */
  readonly open: Set<ServiceId>;
  /** The services that the visitor has allowed for this document only. */
  once: readonly ServiceId[];
  /** Whether loading the document again may open it. Not if the worker has let it pass as it came, after a form was posted. */
  readonly mayReopen: boolean;

  constructor(terms: Terms) {
    this.#terms = terms;
    const opened = readOpenedUnder((performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined)?.serverTiming ?? []);
    this.mayReopen = !!opened || !(navigator as Partial<Navigator>).serviceWorker?.controller;
    if (opened && !isOvertaken(opened, terms)) this.#opened = opened;
    // A document that did not come through the worker has the server's lock. Where a server sends none, this
    // is the next best, for what the browser has not asked for yet.
    else if (terms.wall !== 'off') this.add(lock(terms));
    this.open = new Set(this.#opened?.services);
    this.once = this.#opened?.once ?? [];
  }

  /** Whether the document itself lets a service’s scripts, images, styles and fetches through. */
  isOpenTo(id: ServiceId): boolean {
    return this.isOpenToFramesOf(id) || this.#opened?.wall === 'live';
  }

  /** Whether it lets everything of a service through, also frames, objects and sockets. */
  isOpenToFramesOf(id: ServiceId): boolean {
    return this.#terms.wall === 'off' || this.open.has(id) || passesLock(serviceOf(this.#terms, id));
  }

  /** Adds a policy to those that a document has: it closes what that one does not permit. */
  add(policy: string, { head } = document): void {
    const meta = document.createElement('meta');
    meta.httpEquiv = 'Content-Security-Policy';
    meta.content = policy;
    head.append(meta);
  }
}

/** Necessary services, and those that load nothing from elsewhere: no Content-Security-Policy of ours holds them. */
function passesLock(service: ServiceTerms | undefined): boolean {
  return !!service && (service.need === 'necessary' || service.origins.every((origin) => origin.startsWith('/')));
}

/**
 * Whether consent was withdrawn while the document was on its way. The mirror shows it, and can be read before the browser
 * loads the frames that stand in the document. An earlier one may be out of date, or not be ours.
 */
function isOvertaken({ services }: OpenedUnder, { cookie }: Terms): boolean {
  try {
    const mirror = readMirror(document.cookie, cookie);
    return (mirror?.timestamp as number) > Date.now() - performance.now() && services.some((id) => mirror![id] === false);
  } catch {
    return false; // A sandboxed document has no cookies, nor a worker that opens it.
  }
}
