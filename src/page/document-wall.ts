import { openedUnder } from '../csp/opened-under';
import { wall } from '../csp/wall';
import type { Consent } from '../consent/record';
import { findService } from '../gate/find-service';
import type { Rules, ServiceId } from '../gate/rules';

const RELOADED = 'cookie-gatekeeper:reloaded-for';

/** What this document's Content-Security-Policy lets through. It can be closed further, but never opened. */
export class DocumentWall {
  readonly #rules: Rules;
  readonly #opened = openedUnder.read((performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined)?.serverTiming ?? []);
  readonly #closed = new Set<ServiceId>();

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  /** Whether the document itself lets a service’s scripts, images, styles and fetches through. */
  isOpenTo(id: ServiceId): boolean {
    if (this.#closed.has(id)) return false;
    const service = this.#rules.services.get(id);
    if (this.#rules.wall === 'off' || service?.need === 'necessary') return true;
    // A document that did not come through the worker has the server's lock.
    return this.#opened?.wall === 'live' || !!this.#opened?.services.includes(id);
  }

  /**
   * Closes the document to services that are refused now, where the gate does not see them: sockets and
   * frames. Their frames become inert markup, which a later grant activates.
   */
  close(ids: ServiceId[], consent: Consent): void {
    if (this.#rules.wall === 'off' || !ids.some((id) => this.isOpenTo(id))) return;
    const meta = document.createElement('meta');
    meta.httpEquiv = 'Content-Security-Policy';
    meta.content = wall(consent, this.#rules);
    document.head.append(meta);
    if (this.#rules.wall === 'strict') ids.forEach((id) => this.#closed.add(id));
    for (const frame of document.querySelectorAll('iframe')) {
      const id = frame.src && findService(new URL(frame.src), this.#rules, new URL(location.href))?.id;
      if (!id || !ids.includes(id)) continue;
      frame.dataset.src = frame.src;
      frame.dataset.service = id;
      frame.src = 'about:blank';
    }
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
