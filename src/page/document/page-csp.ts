import { builtIn } from '../../dom/built-in';
import { readMirrors, type Mirror } from '../../consent/mirror';
import { readServerTiming, type DocumentAccess } from '../../csp/document-access';
import { consentedCsp } from '../../csp/document-csp';
import {
  serviceOf,
  type ServiceId,
  type CompiledService,
  type CompiledPolicy,
} from '../../compiled-policy/compiled-policy';
import { holdDeferredFetches } from './deferred-fetches';
import { keepOutOfCache } from './keep-out-of-cache';
import { navigationTiming } from './navigation-timing';
import { serviceWorkers } from '../worker/service-workers';
import { StartedWorkers } from './started-workers';
import type { TagLock } from './tag-lock';

/**
 * What this document's Content-Security-Policy lets through. It can be closed further, but never opened.
 *
 * A document is opened under the consent of when it was made, and may be shown under another: it comes out of the
 * history or the back/forward cache, was fetched or rendered ahead, or stays open in another tab. It knows the decision
 * that opened it, and any later no closes it at once, before anything is read or loaded.
 */
export class PageCsp {
  #policy: CompiledPolicy;
  /** Who the site is: itself, and where our own files are. */
  readonly #self: string;
  /** Whether nobody else has to open it: its tag does, when it is loaded again. */
  readonly isOpenedByTag: boolean;
  readonly #opened: DocumentAccess | undefined;
  /** The services that need consent and that the document is open to. */
  readonly open: Set<ServiceId>;
  /** The same, as of when the document started: what `open` loses, this keeps. */
  readonly openedTo: readonly ServiceId[];
  /** Services that it was open to; what stands inside the document may be still. */
  readonly overtaken = new Set<ServiceId>();
  /** Services that the site's new policy refuses, or does not have. */
  readonly superseded = new Set<ServiceId>();
  /** The policies that were added to the document. */
  readonly added = new Set<string>();
  readonly #workers: StartedWorkers | undefined;
  readonly #closing = new AbortController();
  /** Whether workers of the page were ended, which it may need. */
  hasEndedWorkers = false;
  /** The services that the visitor has allowed for this document only. */
  once: readonly ServiceId[];
  /** Whether it was opened under another policy than the page's: one of them is from a cache, or has not been replaced yet. */
  readonly isOfAnotherPolicy: boolean;
  /** Whether loading the document again may open it. Not if the worker has let it pass as it came, after a form was posted. */
  readonly mayReopen: boolean;

  constructor(policy: CompiledPolicy, tag?: TagLock) {
    this.#policy = policy;
    this.#self = tag && !tag.files.startsWith(`${origin}/`) ? `${origin} ${tag.files}` : origin;
    this.isOpenedByTag = !!tag && policy.wall !== 'off';
    const opened = accessInAnswer();
    this.mayReopen = !!opened || !serviceWorkers()?.controller;
    this.isOfAnotherPolicy = !!opened && opened.fingerprint !== policy.fingerprint;
    if (opened && !this.isOfAnotherPolicy) this.#opened = opened;
    // A document that nobody has opened has the server's lock. Where a server sends none, or another policy has opened the
    // document, this is the next best, for what the browser has not asked for yet.
    else if (policy.wall !== 'off') {
      const strict: CompiledPolicy = { ...policy, wall: 'strict' }; // The gate, which others leave things to, may not be there.
      if (!opened) this.#opened = tag?.shownByMirror(strict);
      this.add(this.#opensTo(this.#opened?.services ?? [], strict));
    }
    // What is never closed again need not be known.
    this.open = new Set(policy.reportOnly ? [] : this.#opened?.services);
    this.once = this.#opened?.once ?? [];
    if (this.#mayClose) {
      this.#workers = new StartedWorkers(() => this.holdsOthers());
      holdDeferredFetches(this.#closing.signal);
    }
    this.heedMirror();
    this.openedTo = [...this.open];
  }

  /** The services that the document might be open to, under another decision. */
  get refusable(): ServiceId[] {
    const { reportOnly, services } = this.#policy;
    return reportOnly ? [] : services.filter((service) => !passesLock(service)).map(({ id }) => id);
  }

  /** Whether the document itself lets a service’s scripts, images, styles and fetches through. */
  isOpenTo(id: ServiceId): boolean {
    return this.isOpenToFramesOf(id) || this.#opened?.wall === 'live';
  }

  /** Whether it lets everything of a service through, also frames, objects and sockets. */
  isOpenToFramesOf(id: ServiceId): boolean {
    return this.#policy.wall === 'off' || this.open.has(id) || passesLock(serviceOf(this.#policy, id));
  }

  /** Whether anything that the visitor may refuse passes. */
  get #opensMore(): boolean {
    return [...this.open].some((id) => !passesLock(serviceOf(this.#policy, id)));
  }

  /** Whether it may have to be closed: to what the visitor may refuse, or a new policy, which may refuse what is necessary now. */
  get #mayClose(): boolean {
    const { wall, services } = this.#policy;
    return this.#opensMore || (wall !== 'off' && services.some(({ need }) => need === 'necessary'));
  }

  /** There is something in the document, a frame or a worker, that goes its own way when a browser brings the page back as it was. */
  holdsOthers(): void {
    if (this.#opensMore) keepOutOfCache();
  }

  /** Closes the document to what has ended, and to what a later decision refuses that the mirror shows. */
  heedMirror(): void {
    if (this.open.size === 0) return; // There is nothing to close, and cookies take time to read.
    const { expiresAt = 0 } = this.#opened ?? {};
    const hasExpired = (id: ServiceId) => serviceOf(this.#policy, id)?.need === 'consent' && !this.once.includes(id);
    if (expiresAt && expiresAt <= Date.now()) this.closeTo(hasExpired);
    try {
      // Of several, none may hide what another one refuses.
      for (const mirror of readMirrors(builtIn(document).cookie, this.#policy.cookie)) this.heed(mirror);
    } catch {
      // A sandboxed document has no cookies, nor a worker that opens it.
    }
  }

  /** Closes the document to what a decision refuses, if it is later than the one that has opened it. */
  heed(decision: Mirror = {}): void {
    if (!((decision['timestamp'] as number) > (this.#opened?.decidedAt ?? 0))) return;
    // Any decision ends what was allowed once.
    this.closeTo((id) => decision[id] === false || (this.once.includes(id) && !decision[id]));
  }

  /**
   * The page is left: what was allowed once ends, also where the page comes back.
   * @returns whether there was anything, which the worker has to end as well
   */
  leave(): boolean {
    const { length } = this.once;
    this.closeTo((id) => this.once.includes(id));
    this.once = [];
    return length > 0;
  }

  /** Closes the document to services, and to nothing else that it is open to. */
  closeTo(isRefused: (id: ServiceId) => boolean): void {
    const refused = [...this.open].filter(isRefused);
    if (refused.length === 0) return;
    for (const id of refused) {
      this.open.delete(id);
      this.overtaken.add(id);
    }
    this.add(this.closed());
    // What no policy holds, it has not let out of them either.
    const isHeld = refused.some((id) => !passesLock(serviceOf(this.#policy, id)));
    if (!isHeld) return;
    this.endStarted();
  }

  /** Ends what the page has started, and what keeps the policy that the page had then. */
  endStarted(): void {
    this.#closing.abort();
    if (this.#workers?.end()) this.hasEndedWorkers = true;
  }

  /** The policy that closes a document to everything that this one is not open to any more, or to all but some services. */
  closed(open: readonly ServiceId[] = [...this.open]): string {
    return this.#opensTo(open);
  }

  #opensTo(services: readonly ServiceId[], policy = this.#policy): string {
    const open = policy.services.filter(
      ({ id, need }) => !this.superseded.has(id) && (need === 'necessary' || services.includes(id)),
    );
    return consentedCsp(open, policy, this.#self);
  }

  /**
   * The worker is gone, as where the site has its data cleared, or another one has taken the page over: nobody is there to whom a
   * live wall could leave anything.
   * @returns whether that closes the document to anything, and what was made in it
   */
  loseGate(): boolean {
    if (this.#policy.wall !== 'live') return false;
    this.#policy = { ...this.#policy, wall: 'strict' };
    this.add(this.closed());
    return true;
  }

  /** Adds a policy to those that a document has: it closes what that one does not permit. */
  add(csp: string, to: Document = document): void {
    this.added.add(csp);
    const tree = builtIn(to);
    const meta = tree.createElement('meta');
    meta.httpEquiv = 'Content-Security-Policy';
    meta.content = csp;
    // Browsers heed it in a head only, which documents of XML do not have, and scripts may have taken away.
    (tree.head ?? tree.documentElement.appendChild(tree.createElement('head'))).append(meta);
  }
}

/** How the answer says that the document was opened. */
function accessInAnswer(): DocumentAccess | undefined {
  return readServerTiming(navigationTiming()?.serverTiming ?? []);
}

/** Necessary services, and those that load nothing from elsewhere: no Content-Security-Policy of ours holds them. */
function passesLock(service: CompiledService | undefined): boolean {
  return !!service && (service.need === 'necessary' || service.origins.every((origin) => origin.startsWith('/')));
}
