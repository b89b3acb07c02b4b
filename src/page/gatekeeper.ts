import { builtIn } from '../dom/built-in';
import type { ConsentPrompt } from '../consent/apply-choices';
import { receiptOf, type Receipt } from '../consent/receipt';
import type { Choices } from '../consent/record';
import { serviceOf, type ServiceId, type CompiledPolicy } from '../compiled-policy/compiled-policy';
import type { Refusal, UndeclaredRequest } from '../messages/messages';
import type { Decided, Decisions } from './decisions/decisions';
import type { TagLock } from './document/tag-lock';
import * as pendingSweep from './decisions/pending-sweep';
import type { ConsentView, GatekeeperEvents, Swept } from './gatekeeper-events';
import { withEffects } from './apply-consent';
import { PageConsent, type LoadOnDemand } from './page-consent';
import { GuardError } from './worker/guard-error';

export interface GatekeeperOptions {
  /** URL of the worker's script, `/gatekeeper-sw.js` without it. A worker of the site's own that imports it will do. */
  worker?: string;
  /** The pages to guard, as in `navigator.serviceWorker.register`; the worker's folder without it. */
  scope?: string;
}

/** Types the events; the methods are EventTarget's. */
export interface Gatekeeper {
  addEventListener<K extends keyof GatekeeperEvents>(
    type: K,
    listener: (event: GatekeeperEvents[K]) => void,
    options?: AddEventListenerOptions | boolean,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: AddEventListenerOptions | boolean,
  ): void;
}

/** What a page's scripts have of the gatekeeper: the visitor's consent, what they decide, and what was refused. */
export class Gatekeeper extends EventTarget {
  /** What was refused on this page, oldest first. */
  readonly refusals: Refusal[];
  /** What was let through on this page although no service declares it (`undeclared: "report"`). */
  readonly undeclared: UndeclaredRequest[];
  /** Resolves when the stored consent has been read, or could not be; before, nothing is permitted. Never rejects. */
  readonly ready: Promise<void>;
  /** Resolves when the visitor may be asked: with `ready`, or at once where nothing in this browser says that they have ever decided. Never rejects. */
  readonly readyToAsk: Promise<void>;

  readonly #policy: CompiledPolicy;
  readonly #page: PageConsent;

  /**
   * @param readPolicy throws when they are broken
   * @param tag where nobody but the tag closes and opens the page
   */
  constructor(
    readPolicy: () => CompiledPolicy,
    { worker = '/gatekeeper-sw.js', scope }: GatekeeperOptions,
    loadOnDemand: LoadOnDemand,
    tag?: TagLock,
  ) {
    super();
    let brokenPolicy: unknown;
    try {
      this.#policy = readPolicy();
    } catch (error) {
      // Nothing is permitted under a broken policy, and the page lives on. `register` says so.
      brokenPolicy = error;
      this.#policy = { wall: 'strict', services: [] as CompiledPolicy['services'] } as CompiledPolicy;
    }
    this.#page = new PageConsent({
      policy: this.#policy,
      brokenPolicy,
      // A page that was opened with a name and a password in its address has them in its script's, and its worker has none.
      worker: Object.assign(new URL(worker, builtIn(document).baseURI), { username: '', password: '' }).href,
      scope,
      loadOnDemand: loadedOnce(loadOnDemand),
      tag,
      gatekeeper: this,
    });
    // Reading what is stored takes time before the page is painted.
    if (this.#page.mayOweDatabases) pendingSweep.deleteHeld();
    this.refusals = this.#page.log.refusals;
    this.undeclared = this.#page.log.undeclared;
    this.ready = this.#page.ready;
    this.readyToAsk = this.#page.readyToAsk;
  }

  /** The consent as of now. */
  get consent(): ConsentView {
    return this.#page.view;
  }

  /** Whether a service's requests are permitted now. False for services that the policy does not have. */
  allows(service: ServiceId): boolean {
    if (!serviceOf(this.#policy, service)) void withEffects(this.#page, (effects) => effects.sayNobodyHas({ service }));
    return this.#page.allows(service);
  }

  /**
   * Registers the worker. May be called again, also to try again after a failure.
   * @param when `after`: where there is no worker yet, it is installed once this has settled and the page is complete, or
   * as soon as the visitor decides something; until then, the lock holds. Without it, at once
   * @returns the revision of the worker's policy, once this page is really guarded
   * @throws {GuardError} (rejects) with a `code` and a message: why it is not, and what to do
   */
  register({ after }: { after?: Promise<unknown> } = {}): Promise<{ revision: string }> {
    return this.#page.guard.register(after);
  }

  /** The proof of the visitor's last decision, for the visitor. Undefined before there is one. */
  receipt(): Receipt | undefined {
    const { record } = this.#page;
    return record && receiptOf(record);
  }

  /**
   * Stores the visitor's choice for some services; the others stay as they are.
   * @param shown what the visitor was shown when asked, for the receipt; the language is the document's without it
   * @returns once the worker has acknowledged it, so that the next request of every tab is decided under it, and every
   * other open page of the site has closed to what is refused; says how many did not within a second
   * @throws {TypeError} (rejects) for unknown and for necessary services; nothing is changed
   * @throws {Error} (rejects) when the choice cannot be stored, or the worker does not acknowledge it
   */
  async set(choices: Choices, shown?: ConsentPrompt): Promise<Decided> {
    return (await this.#decisions()).decide('choose', choices, shown);
  }

  /** Permits every service. Resolves and rejects as `set`. */
  async acceptAll(shown?: ConsentPrompt): Promise<Decided> {
    return (await this.#decisions()).decide('accept-all', true, shown);
  }

  /** Refuses every service that is not necessary, exempt ones too. Resolves and rejects as `set`. */
  async refuseAll(shown?: ConsentPrompt): Promise<Decided> {
    return (await this.#decisions()).decide('refuse-all', false, shown);
  }

  /** Takes back the consent to one service, or to all. Resolves and rejects as `set`. */
  async withdraw(service?: ServiceId): Promise<Decided> {
    return (await this.#decisions()).decide('withdraw', service === undefined ? false : { [service]: false });
  }

  /**
   * Permits a service on this page only, until the page is left or any choice is made. The page is loaded again, to open
   * to it; what was decided before stays as it is.
   * @returns when the page is about to load again, or stays closed until then (`stayclosed`)
   * @throws {TypeError} (rejects) for unknown and for necessary services
   * @throws {GuardError} (rejects) where no worker guards the page
   */
  async allowOnce(service: ServiceId, shown?: ConsentPrompt): Promise<void> {
    await (await this.#decisions()).allowOnce(service, shown);
  }

  /**
   * Loads the page again, to open to what was allowed, where it is not loaded again by itself: see `stayclosed`. What was
   * typed in it may be lost.
   * @throws {GuardError} (rejects) when a service was allowed once, and the worker does not answer
   */
  async reopen(): Promise<void> {
    await (await this.#page.onDemand()).reopening.load();
  }

  /** Resolves when a service is permitted: at once if it is already. */
  async whenGranted(service: ServiceId): Promise<void> {
    await this.ready;
    while (!this.allows(service)) {
      await new Promise((resolve) => this.addEventListener('consentchange', resolve, { once: true }));
    }
  }

  /**
   * Deletes what services that are not permitted have left in this browser. Happens by itself after every change of the
   * consent, and when one of their cookies is seen; the `sweep` event tells.
   * @returns what was deleted, what could not be and why, and the cookies that no service declares
   * @throws {Error} (rejects) while the stored consent cannot be read: what is permitted must not be deleted
   */
  async sweep(): Promise<Swept> {
    await this.ready;
    return (await this.#page.onDemand()).effects.sweeps.sweep();
  }

  async #decisions(): Promise<Decisions> {
    return (await this.#page.onDemand()).decisions;
  }
}

/** Loads it when it is first needed. Where it could not be loaded, it is tried again when it is needed again. */
function loadedOnce(load: LoadOnDemand): LoadOnDemand {
  let loading: ReturnType<LoadOnDemand> | undefined;
  return () =>
    (loading ??= load().catch((cause: unknown) => {
      loading = undefined;
      throw new GuardError(
        'not-loaded',
        `gatekeeper-on-demand.js was not loaded. Serve it beside gatekeeper.js, or set data-base on the tag; as it was built (Integrity-Policy); permit trusted-types cookie-gatekeeper. ${cause}`,
        { cause },
      );
    }));
}
