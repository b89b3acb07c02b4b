import type { ConsentPrompt } from '../consent/apply-choices';
import { readMirror, showsRecord } from '../consent/mirror';
import { receiptOf, type Receipt } from '../consent/receipt';
import { expiryOf, isInForce, withLastSeen, type Choices, type Consent, type ConsentRecord } from '../consent/record';
import { consentState, permits, statusOf } from '../consent/service-status';
import { readRecord, STORE_LIMIT_MS, updateRecord } from '../consent/store';
import { closedCsp, CSP_MARKER } from '../csp/document-csp';
import { serviceOf, type ServiceId, type CompiledPolicy } from '../compiled-policy/compiled-policy';
import { isMessage, type Notice, type Refusal, type UndeclaredRequest } from '../messages/messages';
import { matchesPattern } from '../sweep/matches-pattern';
import { visibleCookies } from '../sweep/visible-cookies';
import { askActiveWorker, askWorker, controllingWorker } from './worker/ask-worker';
import { PageCsp } from './document/page-csp';
import type { Decided } from './decisions/decisions';
import { earlierViolations, type Violation } from './document/earlier-violations';
import type { Effects } from './decisions/effects';
import type { ConsentView, GatekeeperEvents, Swept } from './gatekeeper-events';
import { GuardError } from './worker/guard-error';
import { EMBEDDED, INERT } from './document/inert-markup';
import { isLetIn } from './document/is-let-in';
import { isOfAnotherBuild } from './worker/is-of-another-build';
import type { OnDemand } from './on-demand';
import { forgetReload } from './decisions/reload-memory';
import { holdSearchLinks } from './content/search-links';
import { serviceWorkers } from './worker/service-workers';
import { watchHistory } from './document/session-history';
import { startFramesAnew } from './document/start-frames-anew';
import * as pendingSweep from './decisions/pending-sweep';
import { ConsentChannel } from './tabs/consent-channel';
import { trustedScripts } from './files/trusted-scripts';
import { watchElements } from './content/watch-elements';
import { withTimeout } from './with-timeout';

export interface GatekeeperOptions {
  /** URL of the worker's script, `/gatekeeper-sw.js` without it. A worker of the site's own that imports it will do. */
  worker?: string;
  /** The pages to guard, as in `navigator.serviceWorker.register`; the worker's folder without it. */
  scope?: string;
}

/** A page is closed by itself at once; what is inside it waits no longer for the file that closes that. */
const CLOSE_LIMIT_MS = 1000;
/** The longest time that a timer takes, in milliseconds: some 25 days. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Loads what most pages do not need. */
export type LoadOnDemand = () => Promise<OnDemand>;

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

/**
 * The page's side of the gatekeeper: knows the visitor's choices, and sees that the page is guarded. What is decided
 * on the page, and what that does to it, is loaded when there is something to do: see `Decisions` and `Effects`.
 */
export class Gatekeeper extends EventTarget {
  /** What was refused on this page, oldest first. */
  readonly refusals: Refusal[] = [];
  /** What was let through on this page although no service declares it (`undeclared: "report"`). */
  readonly undeclared: UndeclaredRequest[] = [];
  /** Resolves when the stored consent has been read, or could not be; before, nothing is permitted. Never rejects. */
  readonly ready: Promise<void>;

  readonly #terms: CompiledPolicy;
  readonly #worker: string;
  readonly #scope: string | undefined;
  readonly #wall: PageCsp;
  readonly #tabs: ConsentChannel;
  readonly #loadOnDemand: LoadOnDemand;
  readonly #brokenPolicy: unknown;
  /** Inert markup, and what embeds other documents. */
  readonly #waiting = new Set<HTMLElement>();
  /** What the visitor may have typed into. */
  readonly #touched = new WeakSet<EventTarget>();
  /** Whether something may have been refused before this script could see it. */
  readonly #isLate = !!document.querySelector(EMBEDDED);
  #record: ConsentRecord | undefined;
  #restored = false;
  /** Whether the worker is of another build: what only one of them permits is refused, so nothing is permitted here. */
  #differs = false;
  #isGuarded = false;
  #guarded: Promise<{ revision: string }> | undefined;
  #expiry: ReturnType<typeof setTimeout> | undefined;
  /** The consent as the page was last told of it. */
  #told: ConsentView;
  #demanded: Promise<ReturnType<OnDemand['onDemand']>> | undefined;

  /** @param readTerms throws when they are broken */
  constructor(
    readTerms: () => CompiledPolicy,
    { worker = '/gatekeeper-sw.js', scope }: GatekeeperOptions,
    loadOnDemand: LoadOnDemand,
  ) {
    super();
    let loading: ReturnType<LoadOnDemand> | undefined;
    this.#loadOnDemand = () =>
      (loading ??= loadOnDemand().catch((cause: unknown) => {
        loading = undefined; // It is tried again when it is needed again.
        throw new GuardError(
          'not-loaded',
          `gatekeeper-on-demand.js was not loaded. Serve it beside gatekeeper.js, or set data-base on the tag; as it was built (Integrity-Policy); with Trusted Types, permit trusted-types cookie-gatekeeper. ${cause}`,
          { cause },
        );
      }));
    try {
      this.#terms = readTerms();
    } catch (error) {
      // Nothing is permitted under a broken policy, and the page lives on. `register` says so.
      this.#brokenPolicy = error;
      this.#terms = { wall: 'strict', services: [] as CompiledPolicy['services'] } as CompiledPolicy;
    }
    pendingSweep.deleteHeld();
    // A page that was opened with a name and a password in its address has them in its script's, and its worker has none.
    this.#worker = Object.assign(new URL(worker, document.baseURI), { username: '', password: '' }).href;
    this.#scope = scope;
    this.#wall = new PageCsp(this.#terms);
    this.#differs = this.#wall.isOfAnotherPolicy;
    watchHistory(this.#wall.open);
    this.#tabs = new ConsentChannel(
      (decision) => {
        this.#wall.heed(decision);
        // Somebody may be typing in this page, and has not acted in it: it is not loaded again.
        void this.#catchUp(false);
      },
      (mayReload) => this.#comeBack(mayReload),
    );
    this.#told = this.consent;
    this.#listen();
    // A store that another tab keeps busy, or a thread that is, is late; only one that never answers counts as unreadable.
    this.ready = Promise.race([this.#catchUp(), after(STORE_LIMIT_MS)]);
  }

  /** The consent as of now. */
  get consent(): ConsentView {
    const { services } = this.#terms;
    const consent = this.#consent;
    return {
      ...consentState(consent, this.#terms),
      standings: Object.fromEntries(services.map((service) => [service.id, statusOf(service, consent, this.#terms)])),
      choices: Object.fromEntries(services.map(({ id }) => [id, this.allows(id)])),
      record: this.#record,
    };
  }

  /** Whether a service's requests are permitted now. False for services that the policy does not have. */
  allows(service: ServiceId): boolean {
    const found = serviceOf(this.#terms, service);
    if (!found) void this.#withEffects((effects) => effects.sayNobodyHas({ service }));
    return !!found && !this.#differs && permits(found, this.#consent, this.#terms);
  }

  /**
   * Registers the worker. May be called again, also to try again after a failure.
   * @returns the revision of the worker's policy, once this page is really guarded
   * @throws {GuardError} (rejects) with a `code` and a message: why it is not, and what to do
   */
  register(): Promise<{ revision: string }> {
    this.#guarded ??= this.#guard().catch((error: unknown) => {
      this.#guarded = undefined;
      throw error;
    });
    return this.#guarded;
  }

  /** The proof of the visitor's last decision, for the visitor. Undefined before there is one. */
  receipt(): Receipt | undefined {
    return this.#record && receiptOf(this.#record);
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
    return (await this.#onDemand()).decisions.decide('choose', choices, shown);
  }

  /** Permits every service. Resolves and rejects as `set`. */
  async acceptAll(shown?: ConsentPrompt): Promise<Decided> {
    return (await this.#onDemand()).decisions.decide('accept-all', true, shown);
  }

  /** Refuses every service that is not necessary, exempt ones too. Resolves and rejects as `set`. */
  async refuseAll(shown?: ConsentPrompt): Promise<Decided> {
    return (await this.#onDemand()).decisions.decide('refuse-all', false, shown);
  }

  /** Takes back the consent to one service, or to all. Resolves and rejects as `set`. */
  async withdraw(service?: ServiceId): Promise<Decided> {
    return (await this.#onDemand()).decisions.decide('withdraw', service === undefined ? false : { [service]: false });
  }

  /**
   * Permits a service on this page only, until the page is left or any choice is made. The page is loaded again, to open
   * to it; what was decided before stays as it is.
   * @returns when the page is about to load again, or stays closed until then (`stayclosed`)
   * @throws {TypeError} (rejects) for unknown and for necessary services
   * @throws {GuardError} (rejects) where no worker guards the page
   */
  async allowOnce(service: ServiceId, shown?: ConsentPrompt): Promise<void> {
    await (await this.#onDemand()).decisions.allowOnce(service, shown);
  }

  /**
   * Loads the page again, to open to what was allowed, where it is not loaded again by itself: see `stayclosed`. What was
   * typed in it may be lost.
   * @throws {GuardError} (rejects) when a service was allowed once, and the worker does not answer
   */
  async reopen(): Promise<void> {
    await (await this.#onDemand()).reopening.load();
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
    return (await this.#onDemand()).effects.sweep();
  }

  get #consent(): Consent {
    const { globalPrivacyControl = false } = navigator as { globalPrivacyControl?: boolean };
    const now = Date.now();
    // A clock may be set back while the page is open.
    this.#record = withLastSeen(this.#record, now);
    return { restored: this.#restored, record: this.#record, now, globalPrivacyControl, once: this.#wall.once };
  }

  #listen(): void {
    document.addEventListener('securitypolicyviolation', (event) => void this.#noteViolation(event));
    for (const violation of earlierViolations()) void this.#noteViolation(violation);
    // Once more for what scripts have put in meanwhile.
    for (const moment of ['DOMContentLoaded', 'load'])
      window.addEventListener(moment, () => this.#takeEffect(false, holdSearchLinks()));
    // Timers stand still while a machine sleeps, and messages to a frozen page are lost.
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) this.#comeBack(false);
    });
    window.addEventListener('pagehide', () => this.#wall.leave());
    window.addEventListener('input', (event) => this.#touched.add(event.composedPath()[0]!), true);
    watchElements<HTMLElement>(`${INERT},${EMBEDDED}`, (found) => {
      for (const element of this.#waiting) if (!element.isConnected) this.#waiting.delete(element);
      for (const element of found) this.#waiting.add(element);
      if (found.some((element) => element.matches(EMBEDDED))) this.#wall.holdsOthers();
      this.#takeEffect();
    });
    window.addEventListener('online', () => this.#sendReceipts());
    if (this.#terms.undeclared === 'report') void this.#withEffects((effects) => effects.listUndeclared());
    const serviceWorker = serviceWorkers();
    serviceWorker?.addEventListener('message', ({ data }) => {
      if (isMessage(data)) this.#hear(data as unknown as Notice);
    });
    serviceWorker?.startMessages();
    const { cookieStore } = window as { cookieStore?: EventTarget };
    cookieStore?.addEventListener('change', () => {
      // Another tab may have written it, and in this one somebody may be typing.
      if (this.#mirrorIsLater) void this.#catchUp(!document.hidden);
      this.#takeEffect();
    });
  }

  /** What was refused meanwhile is closed at once, before the page's own listeners hear that it is shown. */
  #comeBack(mayReload: boolean): void {
    this.#wall.heedMirror();
    // What they have inside goes on where it was.
    if (mayReload && this.#wall.overtaken.size > 0) startFramesAnew();
    void this.#catchUp(mayReload);
  }

  async #guard(): Promise<{ revision: string }> {
    if (this.#brokenPolicy)
      throw new GuardError('broken-policy', 'the policy is broken, so nothing is permitted. Build it again.', {
        cause: this.#brokenPolicy,
      });
    await this.ready;
    // A page that the worker controls need not register it: browsers look for a newer one by themselves.
    const worker = controllingWorker(this.#worker) ?? (await this.#register());
    // The worker reads the record again if it knows another.
    const reply = await askWorker(worker, {
      type: 'hello',
      record: this.#record?.id,
      globalPrivacyControl: this.#consent.globalPrivacyControl || (window === top ? false : undefined),
    });
    for (const request of reply.refusals) this.#note({ type: 'refusal', request });
    this.#isGuarded = true;
    const differed = this.#differs;
    this.#differs = isOfAnotherBuild(reply, this.#terms);
    if (differed !== this.#differs) void this.#catchUp();
    if (this.#differs || reply.unlocked)
      void this.#withEffects((effects) => effects.sayWhatIsAmiss(reply, () => this.#guard()));
    void this.#letIn();
    return { revision: reply.revision };
  }

  async #register(): Promise<ServiceWorker> {
    const { register } = await this.#loadOnDemand();
    return register({ url: this.#worker, scope: this.#scope, terms: this.#terms, trusted: trustedScripts });
  }

  /**
   * Makes the stored record this page's: at the start, after every change in any tab, and when the page comes
   * back from the back/forward cache. Always read again, so that of two changes the later one counts.
   */
  async #catchUp(mayReload = true): Promise<void> {
    const wasRestored = this.#restored;
    try {
      this.#record = await readRecord();
      this.#restored = true;
    } catch (error) {
      this.#restored = false;
      console.warn('cookie-gatekeeper permits nothing while the stored consent cannot be read.', error);
    }
    try {
      if (this.#mirrorIsLater && (await (await this.#onDemand()).decisions.adopt(mayReload))) return;
    } catch (error) {
      console.warn(error);
    }
    this.#awaitExpiry();
    const consent = this.consent;
    const isNews = summaryOf(consent) !== summaryOf(this.#told);
    this.#told = consent;
    const hasChanged = isNews && wasRestored;
    if (hasChanged) {
      this.#wall.once = []; // Any decision ends it.
      pendingSweep.owe();
    }
    // It may have been withdrawn since the worker opened the document, too.
    if (
      hasChanged ||
      this.#wall.overtaken.size > 0 ||
      this.#terms.services.some(({ id }) => !this.allows(id) && this.#wall.open.has(id))
    )
      await this.#close();
    this.#sendReceipts();
    void this.#letIn(mayReload);
    if (isNews) this.#emit('consentchange', consent);
  }

  /** With every page, and every decision, until the server has taken them. */
  #sendReceipts(): void {
    if (this.#record?.unsent?.length) void this.#withEffects((effects) => effects.sendReceipts());
  }

  /** Closes the page to what is refused now; to everything, where what knows better cannot be loaded. */
  async #close(): Promise<void> {
    try {
      (await withTimeout(CLOSE_LIMIT_MS, this.#onDemand(), 'gatekeeper-on-demand.js was not loaded')).effects.close();
    } catch (error) {
      console.warn('cookie-gatekeeper closes the page to everything:', error);
      this.#wall.add(closedCsp(this.#terms, origin));
    }
  }

  /** Catches up with the consent when it ends, in a page that stays open for that long. */
  #awaitExpiry(): void {
    clearTimeout(this.#expiry);
    const left = this.#record ? expiryOf(this.#record, this.#terms) - Date.now() : 0;
    if (left > 0) this.#expiry = setTimeout(() => void this.#catchUp(), Math.min(left, LONGEST_TIMER_MS));
  }

  /** Whether the mirror may show a later decision, of another host of the domain or of the platform's own banner. */
  get #mirrorIsLater(): boolean {
    const { adoptsMirror, cookie } = this.#terms;
    const timestamp = adoptsMirror && this.#restored && readMirror(document.cookie, cookie)?.timestamp;
    return typeof timestamp === 'number' && timestamp > (this.#record?.decidedAt ?? 0);
  }

  /** The services that a URL belongs to: the worker knows. */
  async #servicesOf(url: string): Promise<Pick<Refusal, 'service' | 'services'>> {
    await this.#guarded?.catch(() => {});
    const reply = await askActiveWorker<'service-of'>(this.#worker, { type: 'service-of', url }).catch(() => undefined);
    return { service: reply?.service, services: reply?.services };
  }

  /** @returns false when a listener has prevented the default, as for every event */
  #emit<K extends keyof GatekeeperEvents>(type: K, detail: GatekeeperEvents[K]['detail']): boolean {
    return this.dispatchEvent(new CustomEvent(type, { detail, cancelable: true }));
  }

  /**
   * Lets in what is permitted now: loads the document again, through the worker, where it is closed to
   * something that the visitor has granted, or has lost its workers, and otherwise releases what was refused in place.
   */
  async #letIn(mayReload = true): Promise<void> {
    const { choices = {} } = this.#record ?? {};
    const isClosed = this.#terms.services.some(({ id }) => choices[id] && this.allows(id) && !this.#showsAll(id));
    if ((isClosed || this.#wall.hasEndedWorkers) && mayReload && (await this.#reopens())) return;
    // Only the worker's answer tells of all that was refused before. Without one, the server may have opened the document.
    if (!isClosed && (this.#isGuarded || !serviceWorkers()) && forgetReload())
      void this.#withEffects((effects) => effects.giveFocusBack());
    // What a sweep has left before waits for the next time that the consent is read.
    this.#takeEffect(pendingSweep.get() !== null);
  }

  /** @returns whether the document is loaded again */
  async #reopens(): Promise<boolean> {
    try {
      return await (await this.#onDemand()).reopening.reopen();
    } catch (error) {
      console.warn('cookie-gatekeeper could not load the page again:', error);
      return false;
    }
  }

  /** Whether the document is open to all that the page has of a service. Frames and sockets need it wide open. */
  #showsAll(id: ServiceId): boolean {
    if (this.#wall.isOpenToFramesOf(id)) return true;
    const walledOff = this.refusals.some(
      (refusal) => refusal.layer === 'wall' && isLetIn(refusal, (service) => service === id),
    );
    const inert = `:is([data-service="${id}"],[data-category="${serviceOf(this.#terms, id)?.purpose}"])`;
    return this.#wall.isOpenTo(id) && !walledOff && !this.#hasInert(`:is(${EMBEDDED})${inert}`);
  }

  #hear(notice: Notice): void {
    if (notice.type !== 'wake-me') this.#note(notice);
    else void askActiveWorker<'awake'>(this.#worker, { type: 'awake' }).catch(() => {});
  }

  #note({ type, request }: Exclude<Notice, { type: 'wake-me' }>): void {
    const noted: UndeclaredRequest[] = type === 'refusal' ? this.refusals : this.undeclared;
    if (noted.some(({ id }) => id === request.id)) return;
    noted.push(request);
    this.#emit(type, request);
    // It may have been granted while the refusal was on its way.
    this.#takeEffect();
  }

  async #noteViolation({
    blockedURI,
    blockedURL: url = blockedURI!,
    effectiveDirective,
    originalPolicy,
    disposition,
  }: Violation): Promise<void> {
    if (
      disposition !== 'enforce' ||
      !originalPolicy.includes(CSP_MARKER) ||
      !/^(http|ws)/.test(url) ||
      url.startsWith(`${origin}/`)
    )
      return;
    const refused = {
      id: crypto.randomUUID(),
      url,
      destination: effectiveDirective.replace(/-src.*/, ''),
      time: Date.now(),
    };
    this.#note({
      type: 'refusal',
      request: { ...refused, ...(await this.#servicesOf(url)), reason: 'wall', layer: 'wall' },
    });
  }

  /** Releases, holds places, sweeps and mirrors where there is something to: most pages have nothing. */
  #takeEffect(isSweepOwed = false, holdsSearch = false): void {
    const isRefused = this.refusals.some(
      (refusal) =>
        isLetIn(refusal, (id) => this.allows(id)) ||
        (refusal.layer === 'wall' && /^(frame|object)/.test(refusal.destination)),
    );
    if (holdsSearch || isRefused || this.#isLate || this.#hasInert())
      void this.#withEffects((effects) => effects.show());
    // Not before the consent is known: what was permitted must not be deleted.
    if (!this.#restored) return;
    if (this.#mirrorIsLost) void this.#withEffects((effects) => effects.writeMirror());
    if (isSweepOwed || this.#seesTraces()) void this.#withEffects((effects) => effects.sweepSeen());
  }

  /** @param selector of some of it */
  #hasInert(selector = '*'): boolean {
    return [...this.#waiting].some(
      (element) => element.isConnected && element.matches(INERT) && element.matches(selector),
    );
  }

  /** Whether the mirror does not show the record: it was deleted, or overwritten, or never written. */
  get #mirrorIsLost(): boolean {
    return isInForce(this.#record, Date.now(), this.#terms) && !showsRecord(document.cookie, this.#record, this.#terms);
  }

  /** Whether a refused service has left something that is seen at a glance. */
  #seesTraces(): boolean {
    const names = visibleCookies();
    return this.#terms.services.some(
      ({ id, cookies }) =>
        !this.allows(id) &&
        names.some((name) =>
          matchesPattern(
            name,
            cookies.map((cookie) => cookie.name),
          ),
        ),
    );
  }

  async #withEffects(act: (effects: Effects) => unknown): Promise<void> {
    try {
      await act((await this.#onDemand()).effects);
    } catch (error) {
      console.warn('cookie-gatekeeper could not apply the consent:', error);
    }
  }

  /** @throws (rejects) where it cannot be loaded; it is tried again when it is needed again */
  #onDemand(): Promise<ReturnType<OnDemand['onDemand']>> {
    this.#demanded ??= this.#loadOnDemand().then(({ onDemand }) =>
      onDemand({
        gatekeeper: this,
        terms: this.#terms,
        wall: this.#wall,
        trusted: trustedScripts,
        waiting: this.#waiting,
        touched: this.#touched,
        note: (notice) => this.#note(notice),
        isGuarded: () => this.#isGuarded,
        differs: () => this.#differs,
        record: () => this.#record,
        stored: readRecord,
        store: updateRecord,
        catchUp: (mayReload) => this.#catchUp(mayReload),
        worker: this.#worker,
        channel: () => this.#tabs.channel,
        guarding: async () => {
          await this.register();
          return controllingWorker(this.#worker)!;
        },
      }),
    );
    this.#demanded.catch(() => (this.#demanded = undefined));
    return this.#demanded;
  }
}

function after(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** What of the consent is news when it is different. */
function summaryOf({ state, choices, record }: ConsentView): string {
  return JSON.stringify([state, choices, record?.id]);
}
