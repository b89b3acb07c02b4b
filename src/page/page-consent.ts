import type { Touched } from './decisions/user-input';
import type { Mirror } from '../consent/mirror';
import type { ConsentRecord } from '../consent/record';
import { consentState, statusOf } from '../consent/service-status';
import { STORE_LIMIT_MS, readRecord, updateRecord } from '../consent/store';
import type { CompiledPolicy, ServiceId } from '../compiled-policy/compiled-policy';
import type { Asks, Replies, UndeclaredRequest } from '../messages/messages';
import type { PageContext } from './page-context';
import { RefusalLog } from './content/refusal-log';
import { WaitingElements } from './content/waiting-elements';
import { applyConsent, letIn, takeEffect, withEffects } from './apply-consent';
import { listenToPage } from './listen-to-page';
import { ExpiryTimer } from './decisions/expiry-timer';
import { isFirstVisit, rememberedDecision } from './decisions/remembered-decision';
import { KnownConsent } from './decisions/known-consent';
import { PageCsp } from './document/page-csp';
import type { TagLock } from './document/tag-lock';
import { watchHistory } from './document/session-history';
import { startFramesAnew } from './document/start-frames-anew';
import { askedFor } from './files/asked-for';
import { trustedScripts } from './files/trusted-scripts';
import type { Gatekeeper } from './gatekeeper';
import type { ConsentView } from './gatekeeper-events';
import type { OnDemand } from './on-demand';
import { ConsentChannel } from './tabs/consent-channel';
import { whenShownOrIdle } from './when-idle';
import { askActiveWorker, controllingWorker } from './worker/ask-worker';
import { Guard } from './worker/guard';

/** Nobody sees that a placeholder comes so much later. */
const GATHERING_MS = 20;

/** Loads what most pages do not need. */
export type LoadOnDemand = () => Promise<OnDemand>;

export interface PageConsentOptions {
  policy: CompiledPolicy;
  /** Why the policy cannot be used, if it cannot: `policy` has no services then. */
  brokenPolicy: unknown;
  /** Absolute URL of the worker's script. */
  worker: string;
  /** The pages to guard; the worker's folder without it. */
  scope: string | undefined;
  loadOnDemand: LoadOnDemand;
  /** Where nobody but the tag closes and opens the page. */
  tag: TagLock | undefined;
  /** The page's gatekeeper: what it tells the page, it dispatches there. */
  gatekeeper: Gatekeeper;
}

/**
 * The visitor's consent on this page: what is known of it, and what it does to the page when that changes. What most pages
 * have no use for is loaded when there is something to do: see `Decisions` and `Effects`.
 */
export class PageConsent implements PageContext {
  readonly log: RefusalLog;
  readonly guard: Guard;
  /** Resolves when the stored consent has been read, or could not be. Never rejects. */
  readonly ready: Promise<void>;
  /** Resolves when the visitor may be asked. Never rejects. */
  readonly readyToAsk: Promise<void>;
  readonly policy: CompiledPolicy;
  /** Absolute URL of the worker's script. */
  readonly worker: string;
  readonly gatekeeper: Gatekeeper;
  readonly trusted = trustedScripts;
  readonly stored = readRecord;
  readonly store = updateRecord;
  readonly #loadOnDemand: LoadOnDemand;
  readonly csp: PageCsp;
  readonly known: KnownConsent;
  readonly #tabs: ConsentChannel;
  readonly waiting = new WaitingElements();
  readonly #expiry = new ExpiryTimer();
  readonly touched: Touched = new WeakMap();
  pressed = new WeakSet<EventTarget>();
  readonly givenBack = new WeakSet<Element>();
  /** The consent as the page was last told of it. */
  #told: ConsentView;
  #effectDue: ReturnType<typeof setTimeout> | undefined;
  #demanded: Promise<ReturnType<OnDemand['onDemand']>> | undefined;

  constructor({ gatekeeper, policy, brokenPolicy, worker, scope, loadOnDemand, tag }: PageConsentOptions) {
    this.gatekeeper = gatekeeper;
    this.policy = policy;
    this.worker = worker;
    this.#loadOnDemand = loadOnDemand;
    this.csp = new PageCsp(policy, tag);
    this.known = new KnownConsent(policy, () => this.csp.once);
    this.log = new RefusalLog({
      servicesOf: (requests) => this.#servicesOf(requests),
      noted: ({ type, request }) => {
        this.emit(type, request);
        // What would act is refused itself: asked for again, it would be refused again, and so on.
        if (!askedFor.has(request.url)) this.#takeEffectSoon();
      },
    });
    this.guard = new Guard({
      url: worker,
      policy,
      brokenPolicy,
      isOfAnotherPolicy: this.csp.isOfAnotherPolicy,
      register: async () =>
        (await loadOnDemand()).register({ url: worker, scope, policy, trusted: trustedScripts, guard: this.guard }),
      greeting: () => this.#greeting(),
      answered: (reply, hasDiffered) => this.#heardFromWorker(reply, hasDiffered),
    });
    watchHistory(this.csp.openedTo, this.csp.refusable);
    this.#tabs = new ConsentChannel(
      (decision) => void this.#hear(decision),
      (mayReload) => this.comeBack(mayReload),
      () => this.guard.heedClaim(),
    );
    this.#told = this.view;
    listenToPage(this);
    // A store that another tab keeps busy, or a thread that is, is late; only one that never answers counts as unreadable.
    this.ready = Promise.race([this.catchUp(), new Promise<void>((resolve) => setTimeout(resolve, STORE_LIMIT_MS))]);
    this.readyToAsk = isFirstVisit(policy) ? Promise.resolve() : this.ready;
  }

  get record(): ConsentRecord | undefined {
    return this.known.record;
  }

  /** The consent as of now. */
  get view(): ConsentView {
    const { policy } = this;
    const consent = this.known.now;
    return {
      ...consentState(consent, policy),
      standings: Object.fromEntries(policy.services.map((service) => [service.id, statusOf(service, consent, policy)])),
      choices: Object.fromEntries(policy.services.map(({ id }) => [id, this.allows(id)])),
      record: this.record,
    };
  }

  /** Whether anything that may be refused here may have left a database. */
  get mayOweDatabases(): boolean {
    const { services, reportOnly } = this.policy;
    return !reportOnly && services.some(({ id, storage }) => storage.length > 0 && !this.csp.open.has(id));
  }

  /** Whether a service's requests are permitted now. */
  allows(id: ServiceId): boolean {
    return !this.guard.differs && !this.csp.superseded.has(id) && this.known.permits(id);
  }

  /**
   * Makes the stored record this page's: at the start, after every change in any tab, and when the page comes
   * back from the back/forward cache. Always read again, so that of two changes the later one counts.
   * @param mayReload whether the page may be loaded again
   */
  async catchUp(mayReload = true): Promise<void> {
    const wasRestored = this.known.isRestored;
    await this.known.read();
    try {
      const adopts = this.known.isOlderThanMirror && (await this.onDemand()).decisions;
      // What it takes over is stored, and comes here again.
      if (adopts && (await adopts.adopt(mayReload))) return;
    } catch (error) {
      console.warn(error);
    }
    this.#expiry.set(this.known.timeLeft, () => void this.catchUp());
    const was = this.#told;
    this.#told = this.view;
    await applyConsent(this, { was, is: this.#told, isFirst: !wasRestored, mayReload });
  }

  /** Another page says what the visitor has decided there. */
  async #hear(decision: Mirror): Promise<void> {
    const isRefused = (id: ServiceId) => this.#told.choices[id] && decision[id] === false;
    const closes = this.csp.once.length > 0 || this.policy.services.some(({ id }) => isRefused(id));
    this.csp.heed(decision);
    if (!closes) await whenShownOrIdle();
    // Somebody may be typing in this page, and has not acted in it: it is not loaded again.
    await this.catchUp(false);
  }

  /** What was refused meanwhile is closed at once, before the page's own listeners hear that it is shown. */
  comeBack(mayReload: boolean): void {
    this.csp.heedMirror();
    // A browser may have taken no mirror, or lost it.
    if (this.csp.open.size > 0) this.csp.heed(rememberedDecision() ?? {});
    // What they have inside goes on where it was.
    if (mayReload && this.csp.overtaken.size > 0) startFramesAnew(this.waiting.elements);
    void this.catchUp(mayReload);
  }

  async #greeting(): Promise<Asks['hello']> {
    await this.ready;
    const { globalPrivacyControl } = this.known.now;
    return {
      type: 'hello',
      record: this.record?.id,
      fingerprint: this.policy.fingerprint,
      globalPrivacyControl: globalPrivacyControl || (window === top ? false : undefined),
    };
  }

  #heardFromWorker(reply: Replies['hello'], hasDiffered: boolean): void {
    for (const request of reply.refusals) this.log.note({ type: 'refusal', request });
    if (hasDiffered) void this.catchUp();
    if (this.guard.differs || reply.unlocked)
      void withEffects(this, (effects) => effects.sayWhatIsAmiss(reply, () => this.guard.greet()));
    void letIn(this);
  }

  /** The services that requests belong to: the worker knows. */
  async #servicesOf(requests: UndeclaredRequest[]): Promise<Replies['services-of']['services']> {
    await this.guard.asked;
    // The visitor sees a gap where a placeholder belongs.
    if (requests.some(({ destination }) => /^(frame|object)/.test(destination))) this.guard.hurry();
    await this.guard.settled();
    const asked = { type: 'services-of', urls: requests.map(({ url }) => url) } as const;
    const reply = await askActiveWorker<'services-of'>(this.worker, asked).catch(() => undefined);
    return reply?.services ?? [];
  }

  /**
   * A request may have been granted while its refusal was on its way, and a frame needs a placeholder. Once for all that
   * come together: a page may have thousands.
   */
  #takeEffectSoon(): void {
    this.#effectDue ??= setTimeout(() => {
      this.#effectDue = undefined;
      takeEffect(this);
    }, GATHERING_MS);
  }

  /** Dispatches an event of the page's gatekeeper. */
  emit(type: string, detail: unknown): void {
    this.gatekeeper.dispatchEvent(new CustomEvent(type, { detail, cancelable: true }));
  }

  get channel(): BroadcastChannel | undefined {
    return this.#tabs.channel;
  }

  async guarding(): Promise<ServiceWorker> {
    await this.guard.register();
    return controllingWorker(this.worker)!;
  }

  /** @throws (rejects) where it cannot be loaded; it is tried again when it is needed again */
  onDemand(): Promise<ReturnType<OnDemand['onDemand']>> {
    this.#demanded ??= this.#loadOnDemand().then(({ onDemand }) => onDemand(this));
    this.#demanded.catch(() => (this.#demanded = undefined));
    return this.#demanded;
  }
}
