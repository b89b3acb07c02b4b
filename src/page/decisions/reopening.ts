import { builtIn } from '../../dom/built-in';
import { serviceOf, type ServiceId } from '../../compiled-policy/compiled-policy';
import { askWorker } from '../worker/ask-worker';
import type { PageContext } from '../page-context';
import { EMBEDDED } from '../document/inert-markup';
import { isLetIn } from '../document/is-let-in';
import { navigationTiming } from '../document/navigation-timing';
import { loadAfresh } from '../document/session-history';
import { rememberFocus } from './keep-focus';
import { rememberInput } from './keep-input';
import { forgetPlace, rememberPlace } from './keep-place';
import { pastRouters } from './past-routers';
import { reloadedFor, rememberReload } from './reload-memory';
import { serviceWorkers } from '../worker/service-workers';
import { hasUserInput } from './user-input';

/**
 * How something comes to a page that is closed to it: when the page is loaded `again`; when its address is asked for
 * anew, since it answers a form (`visit`); or not at all, so that it has to be seen `elsewhere`.
 */
export type Opens = 'again' | 'visit' | 'elsewhere';

/** What is remembered in the place of a decision. */
const ONCE = 'once';
/** Nobody waits for an image that hangs. */
const LOAD_LIMIT_MS = 500;
/** A server that takes longer to send the start of a page is not waited for. */
const SERVER_LIMIT_MS = 5_000;

/** Loads a document again that is closed to what the visitor has allowed, or says why it does not. */
export class Reopening {
  readonly #page: PageContext;
  readonly #changed: () => void;
  /** Services to be allowed on this page only, when it is loaded again. */
  readonly #once = new Set<ServiceId>();
  #cannot = false;
  #isLoading = false;
  /** The decision of which was said that the page stays closed to it. */
  #told = '';

  /** @param changed called when what `opensTo` says may have changed */
  constructor(page: PageContext, changed: () => void) {
    this.#page = page;
    this.#changed = changed;
  }

  /** How a service's content comes here; undefined where it is refused. */
  opensTo(service: ServiceId | undefined): Opens | undefined {
    if (service && (this.#once.has(service) || this.#page.gatekeeper.allows(service))) return this.#opens;
    return undefined;
  }

  /** The same; undefined also where the page is open to all that it has of the service. */
  opensClosed(service: ServiceId): Opens | undefined {
    return isOpenToAllOf(this.#page, service) ? undefined : this.opensTo(service);
  }

  get #opens(): Opens {
    const { csp, record } = this.#page;
    const isInVain = !this.#isLoading && reloadedFor() === (record?.id ?? '');
    if (this.#cannot || isInVain || isPastWorkers()) return 'elsewhere';
    return csp.mayReopen ? 'again' : 'visit';
  }

  /**
   * Loads the document again, so that it opens under the decision. Once for each decision: a document that cannot be
   * opened stays closed instead of reloading for ever. Nor is one where something was typed, or what a form was posted to.
   * @returns whether the document is loaded again, now or as soon as it is complete
   */
  async reopen(): Promise<boolean> {
    const { gatekeeper, touched, record, guard, csp } = this.#page;
    if (this.#isLoading) return true;
    if (!this.#isClosed && !csp.hasEndedWorkers) return false;
    const decision = record?.id ?? '';
    if (this.#opens !== 'again') return this.#stay();
    if (!csp.isOpenedByTag && serviceWorkers() && !guard.isGuarding) {
      // Once it is, this is asked again.
      gatekeeper.register().catch(() => this.#giveUp());
      return false;
    }
    if (!csp.isOpenedByTag && !serviceWorkers() && !(await serverOpens())) {
      rememberReload(decision); // Nor does it open the next page.
      return this.#giveUp();
    }
    if (hasUserInput(touched)) return this.#stay();
    if (!this.#mayLoad()) {
      this.#changed();
      return false;
    }
    if (!rememberReload(decision)) return this.#stay();
    this.#isLoading = true;
    this.#changed();
    whenComplete(() => {
      this.#remember();
      this.#reload();
    });
    return true;
  }

  /**
   * The visitor allows a service on this page only, which is loaded again.
   * @throws {GuardError} (rejects) when the worker fails or does not answer
   */
  async allowOnce(service: ServiceId): Promise<void> {
    const { csp, touched } = this.#page;
    this.#once.add(service);
    if (!csp.mayReopen || hasUserInput(touched)) {
      this.#stay(true);
      return;
    }
    if (this.#mayLoad()) await this.load();
    else this.#changed();
  }

  /**
   * The visitor wants the page again, open to what was allowed.
   * @throws {GuardError} (rejects) when a service is to be allowed once, and the worker fails or does not answer
   */
  async load(): Promise<void> {
    const page = this.#page;
    const { csp } = page;
    const address = location.href.replace(/#.*/, '');
    const services = [...this.#once];
    if (services.length > 0)
      await askWorker<'allow-once'>(await page.guarding(), { type: 'allow-once', services, url: address });
    rememberReload(services.length > 0 ? ONCE : (page.record?.id ?? ''));
    this.#isLoading = true;
    this.#remember();
    if (csp.mayReopen) this.#reload();
    else pastRouters(() => location.replace(address)); // A reload would post the form again.
  }

  /** Something closes this page whenever it has been opened. */
  isClosedAgain(): void {
    this.#cannot ||= navigationTiming()?.type === 'reload';
  }

  /** Whether the document is closed to anything that the page has of what the visitor has allowed. */
  get #isClosed(): boolean {
    const { gatekeeper, policy, record } = this.#page;
    return policy.services.some(
      ({ id }) => record?.choices[id] && gatekeeper.allows(id) && !isOpenToAllOf(this.#page, id),
    );
  }

  #remember(): void {
    try {
      forgetPlace();
      rememberFocus();
      rememberInput(this.#page.touched);
    } catch (error) {
      // The page is loaded again all the same: the visitor has asked for it.
      console.warn('cookie-gatekeeper could not keep what was typed, or where the focus was:', error);
    }
  }

  #reload(): void {
    const { csp, gatekeeper } = this.#page;
    const isAllowed = (id: ServiceId) => this.#once.has(id) || gatekeeper.allows(id);
    // Over a reload, Firefox would bring frames back that are open to what was refused meanwhile.
    const isAfresh = !csp.openedTo.every(isAllowed);
    try {
      rememberPlace(isAfresh);
    } catch (error) {
      console.warn('cookie-gatekeeper could not keep where the page was scrolled to:', error);
    }
    pastRouters(isAfresh ? loadAfresh : () => location.reload());
  }

  #mayLoad(): boolean {
    const { gatekeeper } = this.#page;
    return gatekeeper.dispatchEvent(new CustomEvent('beforereload', { detail: gatekeeper.consent, cancelable: true }));
  }

  #giveUp(): false {
    this.#cannot = true;
    return this.#stay();
  }

  /** @param isNew whether the visitor has just decided; otherwise that is seen by the record */
  #stay(isNew = false): false {
    const { gatekeeper, record } = this.#page;
    const { id = '', decidedAt = 0 } = record ?? {};
    this.#changed();
    // A visitor who has decided on another page is not told on every one.
    if (!isNew && (decidedAt < performance.timeOrigin || this.#told === id)) return false;
    this.#told = id;
    gatekeeper.dispatchEvent(new CustomEvent('stayclosed', { detail: { opens: this.#opens } }));
    return false;
  }
}

/** Whether the document is open to all that the page has of a service. Frames and sockets need it wide open. */
function isOpenToAllOf({ csp, log, policy, waiting }: PageContext, id: ServiceId): boolean {
  if (csp.isOpenToFramesOf(id)) return true;
  const isWalledOff = log.refusals.some(
    (refusal) => refusal.layer === 'wall' && isLetIn(refusal, (service) => service === id),
  );
  const purpose = serviceOf(policy, id)?.purpose;
  const inert = `:is(${EMBEDDED}):is([data-service="${id}"],[data-category="${purpose}"])`;
  return csp.isOpenTo(id) && !isWalledOff && !waiting.hasInert(inert);
}

/**
 * Whether no worker is asked for this document, however often it is loaded; Firefox has the worker control it all the same.
 * @see https://w3c.github.io/ServiceWorker/#implementer-concerns
 */
function isPastWorkers(): boolean {
  return /^(object|embed)$/.test(frameElement?.localName ?? '');
}

/**
 * Whether the server opens this document for what the mirror cookie shows, as one with the gatekeeper's key does. A reload
 * that changes nothing is not worth what it takes from the visitor.
 */
async function serverOpens(): Promise<boolean> {
  const waiting = new AbortController();
  const limit = setTimeout(() => waiting.abort(), SERVER_LIMIT_MS);
  try {
    const { headers } = await fetch(location.href, {
      headers: { Accept: 'text/html' },
      cache: 'no-cache',
      signal: waiting.signal,
    });
    return /\bcookie-gatekeeper;/.test(headers.get('server-timing') ?? '');
  } catch {
    return false;
  } finally {
    clearTimeout(limit);
    waiting.abort(); // Its headers were enough.
  }
}

/** Rather not before the page is there: Firefox leaves frames empty whose loading was interrupted by a reload. */
function whenComplete(act: () => void): void {
  if (builtIn(document).readyState === 'complete') return act();
  const limit = setTimeout(act, LOAD_LIMIT_MS);
  window.addEventListener('load', () => {
    clearTimeout(limit);
    act();
  });
}
