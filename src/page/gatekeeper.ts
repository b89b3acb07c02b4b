import { decideRecord, type Change, type Shown } from '../consent/decide-record';
import { mirrorCookie, mirrorOf, readMirror } from '../consent/mirror';
import { receiptOf, type Receipt } from '../consent/receipt';
import { isLive, type Choices, type Consent, type ConsentRecord } from '../consent/record';
import { consentState, permits, standingOf } from '../consent/standing';
import { readRecord, STORE_LIMIT_MS, updateRecord } from '../consent/store';
import { serviceOf, type ServiceId, type Terms } from '../gate/terms';
import { isMessage, type Notice, type UndeclaredRequest, type Refusal } from '../messages/messages';
import { fits } from '../sweep/fits';
import { visibleCookies } from '../sweep/visible-cookies';
import { askActive, askWorker, ourController } from './ask-worker';
import { DocumentWall } from './document-wall';
import type { Effects } from './effects';
import type { ConsentView, GatekeeperEvents, Swept } from './gatekeeper-events';
import { GuardError } from './guard-error';
import { INERT, onInertMarkup } from './inert-markup';
import { reloadOnce } from './reload-once';
import { Tabs } from './tabs';
import { trustedScripts } from './trusted-scripts';
import { within } from './within';

export interface GatekeeperOptions {
  /** URL of the worker's script, `/gatekeeper-sw.js` without it. A worker of the site's own that imports it will do. */
  worker?: string;
  /** The pages to guard, as in `navigator.serviceWorker.register`; the worker's folder without it. */
  scope?: string;
}

/** Loads what most pages do not need. */
export type LoadOnDemand = () => Promise<typeof import('./on-demand')>;

type ChangeOfRecord = (previous: ConsentRecord | undefined) => ConsentRecord | undefined;

/** Types the events; the methods are EventTarget's. */
export interface Gatekeeper {
  addEventListener<K extends keyof GatekeeperEvents>(type: K, listener: (event: GatekeeperEvents[K]) => void, options?: AddEventListenerOptions | boolean): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: AddEventListenerOptions | boolean): void;
}

/**
 * The page's side of the gatekeeper: registers the worker and keeps the visitor's choices. What the choices do to
 * the page itself is loaded when there is something to do: see `Effects`.
 */
export class Gatekeeper extends EventTarget {
  /** What was refused on this page, oldest first. */
  readonly refusals: Refusal[] = [];
  /** What was let through on this page although no service declares it (`undeclared: "report"`). */
  readonly undeclared: UndeclaredRequest[] = [];
  /** Resolves when the stored consent has been read, or could not be; before, nothing is permitted. Never rejects. */
  readonly ready: Promise<void>;

  readonly #terms: Terms;
  readonly #worker: string;
  readonly #scope: string | undefined;
  readonly #wall: DocumentWall;
  readonly #tabs: Tabs;
  readonly #loadOnDemand: LoadOnDemand;
  readonly #brokenPolicy: unknown;
  #record: ConsentRecord | undefined;
  #restored = false;
  #isGuarded = false;
  #guarded: Promise<{ revision: string }> | undefined;
  #effects: Promise<Effects> | undefined;

  /** @param readTerms throws when they are broken */
  constructor(readTerms: () => Terms, { worker = '/gatekeeper-sw.js', scope }: GatekeeperOptions, loadOnDemand: LoadOnDemand) {
    super();
    this.#loadOnDemand = loadOnDemand;
    try {
      this.#terms = readTerms();
    } catch (error) {
      // Nothing is permitted under a broken policy, and the page lives on. `register` says so.
      this.#brokenPolicy = error;
      this.#terms = { wall: 'strict', services: [] as Terms['services'] } as Terms;
    }
    this.#worker = new URL(worker, document.baseURI).href;
    this.#scope = scope;
    this.#wall = new DocumentWall(this.#terms);
    this.#tabs = new Tabs(
      // Somebody may be typing in this page, and has not acted in it: it is not loaded again.
      () => void this.#catchUp(false),
      () => void this.#catchUp(),
    );
    this.#listen();
    this.ready = this.#catchUp();
  }

  /** The consent as of now. */
  get consent(): ConsentView {
    const { services } = this.#terms;
    const consent = this.#consent;
    return {
      ...consentState(consent, this.#terms),
      standings: Object.fromEntries(services.map((service) => [service.id, standingOf(service, consent, this.#terms)])),
      choices: Object.fromEntries(services.map(({ id }) => [id, this.allows(id)])),
      record: this.#record,
    };
  }

  /** Whether a service's requests are permitted now. False for services that the policy does not have. */
  allows(service: ServiceId): boolean {
    const found = serviceOf(this.#terms, service);
    return !!found && permits(found, this.#consent, this.#terms);
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
   * @returns once the worker has acknowledged it: the next request of every tab is decided under it
   * @throws {TypeError} (rejects) for unknown and for necessary services; nothing is changed
   * @throws {Error} (rejects) when the choice cannot be stored, or the worker does not acknowledge it
   */
  async set(choices: Choices, shown?: Shown): Promise<void> {
    const optional = Object.keys(this.#all(true));
    for (const [id, choice] of Object.entries(choices)) {
      if (optional.includes(id) && typeof choice === 'boolean') continue;
      throw new TypeError(`cookie-gatekeeper: ${id}: ${choice} is no choice. Choose true or false for ${optional.join(', ')}.`);
    }
    await this.#decide({ action: 'choose', choices, ...shown });
  }

  /** Permits every service. Resolves and rejects as `set`. */
  acceptAll(shown?: Shown): Promise<void> {
    return this.#decide({ action: 'accept-all', choices: this.#all(true), ...shown });
  }

  /** Refuses every service that is not necessary, exempt ones too. Resolves and rejects as `set`. */
  refuseAll(shown?: Shown): Promise<void> {
    return this.#decide({ action: 'refuse-all', choices: this.#all(false), ...shown });
  }

  /** Takes back the consent to one service, or to all. Resolves and rejects as `set`. */
  async withdraw(service?: ServiceId): Promise<void> {
    if (service !== undefined) await this.set({ [service]: false });
    else await this.#decide({ action: 'withdraw', choices: this.#all(false) });
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
   * @throws (rejects) when what does it cannot be loaded
   */
  async sweep(): Promise<Swept> {
    return (await this.#loadEffects()).sweep();
  }

  get #consent(): Consent {
    const { globalPrivacyControl = false } = navigator as { globalPrivacyControl?: boolean };
    return { restored: this.#restored, record: this.#record, now: Date.now(), globalPrivacyControl };
  }

  #all(choice: boolean): Choices {
    return Object.fromEntries(this.#terms.services.filter(({ need }) => need !== 'necessary').map(({ id }) => [id, choice]));
  }

  #listen(): void {
    document.addEventListener('securitypolicyviolation', (event) => void this.#noteViolation(event));
    document.addEventListener('DOMContentLoaded', () => this.#takeEffect());
    onInertMarkup(() => this.#takeEffect());
    const { serviceWorker } = navigator as Partial<Navigator>;
    serviceWorker?.addEventListener('message', ({ data }) => isMessage(data) && this.#note(data as unknown as Notice));
    serviceWorker?.startMessages();
    const { cookieStore } = window as { cookieStore?: EventTarget };
    cookieStore?.addEventListener('change', () => {
      if (this.#mirrorIsLater) void this.#catchUp();
      this.#takeEffect();
    });
  }

  async #guard(): Promise<{ revision: string }> {
    if (this.#brokenPolicy) throw new GuardError('broken-policy', 'the page’s policy is broken, so nothing is permitted. Build it again.', { cause: this.#brokenPolicy });
    await this.ready;
    const worker = ourController(this.#worker) ?? (await (await this.#loadOnDemand()).register(this.#worker, this.#scope, trustedScripts));
    // The worker reads the record again if it knows another.
    const { revision, refusals } = await askWorker(worker, { type: 'hello', record: this.#record?.id });
    for (const request of refusals) this.#note({ type: 'refusal', request });
    this.#isGuarded = true;
    this.#letIn();
    return { revision };
  }

  /**
   * Makes the stored record this page's: at the start, after every change in any tab, and when the page comes
   * back from the back/forward cache. Always read again, so that of two changes the later one counts.
   */
  async #catchUp(mayReload = true): Promise<void> {
    const before = this.consent;
    const wasRestored = this.#restored;
    try {
      this.#record = await within(STORE_LIMIT_MS, readRecord(), 'IndexedDB did not answer');
      this.#restored = true;
    } catch (error) {
      this.#restored = false;
      console.warn('cookie-gatekeeper permits nothing: the stored consent cannot be read.', error);
    }
    try {
      if (this.#mirrorIsLater && (await this.#adopt())) return;
    } catch (error) {
      console.warn(error);
    }
    const { choices, record } = this.consent;
    this.#writeMirror();
    const isNews = record?.id !== before.record?.id || JSON.stringify(choices) !== JSON.stringify(before.choices);
    const changed = isNews && wasRestored;
    if (changed) await this.#withEffects((effects) => effects.close());
    this.#letIn(mayReload);
    if (isNews) this.#emit('consentchange', this.consent);
    if (changed) void this.#withEffects((effects) => effects.sweep());
  }

  /** The visitor decides, here and now. */
  #decide(change: Change): Promise<void> {
    const language = document.documentElement.lang || navigator.language;
    return this.#change((previous) => decideRecord(previous, { language, ...change }, this.#terms, Date.now()));
  }

  /** Whether the mirror may show a later decision, of another host of the domain or of the platform's own banner. */
  get #mirrorIsLater(): boolean {
    const { adoptsMirror, cookie } = this.#terms;
    const timestamp = adoptsMirror && this.#restored && readMirror(document.cookie, cookie)?.timestamp;
    return typeof timestamp === 'number' && timestamp > (this.#record?.decidedAt ?? 0);
  }

  /** @returns whether what the mirror shows could be taken over */
  async #adopt(): Promise<boolean> {
    const { changeInMirror } = await this.#loadOnDemand();
    const change = changeInMirror(document.cookie, this.#terms);
    if (!change) return false;
    const adopted = (previous: ConsentRecord | undefined) => {
      const record = decideRecord(previous, change, this.#terms, Date.now());
      return isLive(record, Date.now(), this.#terms) && record.decidedAt > (previous?.decidedAt ?? 0) ? record : previous;
    };
    if (adopted(this.#record) === this.#record) return false;
    await this.#change(adopted);
    return true;
  }

  /** Stores a change and puts it into force: here, in the worker, and in the other tabs. */
  async #change(change: ChangeOfRecord): Promise<void> {
    const stored = updateRecord(change);
    // Also when it is stored later than anybody waits for.
    const inForce = stored.then(() => this.#announce());
    inForce.catch(() => {});
    try {
      await within(STORE_LIMIT_MS, stored, 'No answer');
    } catch (cause) {
      throw new Error('cookie-gatekeeper: the choice could not be stored. Does the browser block site data (IndexedDB)?', { cause });
    }
    await inForce;
  }

  async #announce(): Promise<void> {
    const acknowledged = askActive<'consent-changed'>(this.#worker, { type: 'consent-changed' });
    await acknowledged.catch(() => {}); // What is released is decided under the new consent already.
    this.#tabs.tell();
    await this.#catchUp();
    await acknowledged;
  }

  /** The services that URLs belong to: the worker knows. */
  async #servicesOf(urls: string[]): Promise<(ServiceId | undefined)[]> {
    await this.#guarded?.catch(() => {});
    const reply = await askActive<'services-of'>(this.#worker, { type: 'services-of', urls }).catch(() => undefined);
    return reply?.services ?? [];
  }

  /** @returns false when a listener has prevented the default, as for every event */
  #emit<K extends keyof GatekeeperEvents>(type: K, detail: GatekeeperEvents[K]['detail']): boolean {
    return this.dispatchEvent(new CustomEvent(type, { detail, cancelable: true }));
  }

  #writeMirror(): void {
    const record = this.#record;
    if (!record || !isLive(record, Date.now(), this.#terms)) return;
    const { cookie, cookieDomain } = this.#terms;
    const mirror = readMirror(document.cookie, cookie);
    // A cookie of this host alone would hide the one that the domain shares.
    if (cookieDomain) document.cookie = `${cookie}=; Path=/; Max-Age=0`;
    document.cookie = mirrorCookie(this.#terms, mirrorOf(record, this.#terms, mirror), record.expiresAt, location.protocol === 'https:');
  }

  /**
   * Lets in what is permitted now: loads the document again, through the worker, where it is closed to
   * something that the visitor has granted, and otherwise releases what was refused in place.
   */
  #letIn(mayReload = true): void {
    const { choices = {}, id } = this.#record ?? {};
    const closed = this.#wall.mayReopen && Object.keys(choices).some((service) => choices[service] && this.allows(service) && !this.#showsAll(service));
    if (this.#isGuarded && mayReload && reloadOnce(closed ? id : undefined, () => this.#emit('beforereload', this.consent))) return;
    this.#takeEffect();
  }

  /** Whether the document is open to all that the page has of a service. Frames and sockets need it wide open. */
  #showsAll(id: ServiceId): boolean {
    if (this.#wall.isOpenToFramesOf(id)) return true;
    const walledOff = this.refusals.some(({ service, layer }) => service === id && layer === 'wall');
    return this.#wall.isOpenTo(id) && !walledOff && !document.querySelector(`iframe[data-src][data-service="${id}"]`);
  }

  #note({ type, request }: Notice): void {
    const noted: UndeclaredRequest[] = type === 'refusal' ? this.refusals : this.undeclared;
    if (noted.some(({ id }) => id === request.id)) return;
    noted.push(request);
    this.#emit(type, request);
    // It may have been granted while the refusal was on its way.
    this.#takeEffect();
  }

  async #noteViolation({ blockedURI: url, effectiveDirective, originalPolicy, disposition }: SecurityPolicyViolationEvent): Promise<void> {
    if (disposition !== 'enforce' || !originalPolicy.includes('cookie-gatekeeper') || !/^(http|ws)/.test(url)) return;
    const refused = { id: crypto.randomUUID(), url, destination: effectiveDirective.replace(/-src.*/, ''), time: Date.now() };
    const [service] = await this.#servicesOf([url]);
    this.#note({ type: 'refusal', request: { ...refused, service, reason: 'wall', layer: 'wall' } });
  }

  /** Releases, holds places and sweeps where there is something to: most pages have nothing. */
  #takeEffect(): void {
    const isRefused = this.refusals.some(({ service, layer, destination }) => (service && this.allows(service)) || (layer === 'wall' && /^(frame|object)/.test(destination)));
    if (isRefused || document.querySelector(INERT)) void this.#withEffects((effects) => effects.show());
    // Not before the consent is known: what was permitted must not be deleted.
    if (this.#restored && this.#seesRefusedCookies()) void this.#withEffects((effects) => effects.sweepSeen());
  }

  #seesRefusedCookies(): boolean {
    const names = visibleCookies();
    return this.#terms.services.some(({ id, cookies }) => !this.allows(id) && names.some((name) => fits(name, cookies.map((cookie) => cookie.name))));
  }

  async #withEffects(act: (effects: Effects) => unknown): Promise<void> {
    try {
      await act(await this.#loadEffects());
    } catch (error) {
      console.warn('cookie-gatekeeper could not put the consent into effect on this page:', error);
    }
  }

  #loadEffects(): Promise<Effects> {
    this.#effects ??= this.#loadOnDemand().then(
      ({ Effects }) =>
        new Effects({ gatekeeper: this, terms: this.#terms, wall: this.#wall, trusted: trustedScripts, servicesOf: (urls) => this.#servicesOf(urls) }),
    );
    this.#effects.catch(() => (this.#effects = undefined)); // Tried again when it is needed again.
    return this.#effects;
  }
}
