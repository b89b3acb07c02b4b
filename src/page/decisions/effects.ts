import { builtIn } from '../../dom/built-in';
import { CSP_MARKER, originsOf } from '../../csp/document-csp';
import type { Choices } from '../../consent/record';
import type { CompiledService, ServiceId } from '../../compiled-policy/compiled-policy';
import type { Name } from '../../diagnosis/nobody-has';
import type { Replies } from '../../messages/messages';
import type { LoadDiagnosis } from '../worker/explained';
import { askActiveWorker } from '../worker/ask-worker';
import { isOfAnotherBuild } from '../worker/is-of-another-build';
import type { PageContext } from '../page-context';
import { ADDRESSES, EMBEDDED, MARKED } from '../document/inert-markup';
import { EmbeddedContent } from '../content/embedded-content';
import { isLetIn } from '../document/is-let-in';
import { giveFocusBack } from './keep-focus';
import { MirrorWriter } from './mirror-writer';
import { documentTrees } from '../content/document-trees';
import { Placeholders } from '../content/placeholders';
import { unblock } from '../content/unblock';
import { startPlaying } from '../content/start-playing';
import { takenOver } from '../content/taken-over';
import { isToBeTakenOver } from '../content/to-be-taken-over';
import type { Reopening } from './reopening';
import { sendReceipts } from './send-receipts';
import { Sweeps } from './sweeps';

const HELD_ADDRESSES = ADDRESSES.map((name) => `data-${name}`);

/** What is taken over late is asked about so often. */
const TAKING_OVER_MS = 500;

/** What the consent does to a page: closes it, releases what was refused, holds places, sweeps, shows itself in the mirror. */
export class Effects {
  readonly mirror: MirrorWriter;
  readonly sweeps: Sweeps;
  readonly #page: PageContext;
  readonly #diagnosis: LoadDiagnosis;
  readonly #reopening: Reopening;
  readonly #placeholders: Placeholders;
  readonly #embedded: EmbeddedContent;
  readonly #released = new Set<string>();
  #heldLater: ReturnType<typeof setTimeout> | undefined;
  /** Whoever merges a page with what its server renders makes what was released inert again. Not at once: who watches it, too, must not do so in turns. */
  readonly #inertAgain = new MutationObserver(() => setTimeout(() => void this.show()));

  constructor(page: PageContext, diagnosis: LoadDiagnosis, reopening: Reopening) {
    this.#page = page;
    this.mirror = new MirrorWriter(page);
    this.sweeps = new Sweeps(page);
    this.#diagnosis = diagnosis;
    this.#reopening = reopening;
    this.#placeholders = new Placeholders(page, reopening, () => void this.show());
    this.#embedded = new EmbeddedContent(page, () => void this.show());
  }

  /**
   * Closes the page to services that are refused now, also where the gate does not see them: sockets, frames and objects,
   * and what documents inside the page send that the browser leaves to their own policies.
   * @param before what was permitted: frames of the site's own were opened to it also where the page is closed to it
   */
  close(before: Choices = {}): void {
    const { gatekeeper, csp, policy } = this.#page;
    if (policy.reportOnly) return;
    csp.closeTo((id) => !gatekeeper.allows(id));
    const hasEnded = policy.wall !== 'off' && policy.services.some(({ id }) => before[id] && !gatekeeper.allows(id));
    const isClosing = hasEnded || csp.overtaken.size > 0;
    if (isClosing) {
      csp.overtaken.clear();
      this.closeWithin();
      this.#embedded.loadHiddenAgain();
    }
    this.#embedded.empty(isClosing);
    forgetPrefetched();
    void this.show();
  }

  /** Closes the documents that stand inside the page to what is refused now. Those that came later may be open to more than the page. */
  closeWithin(): void {
    const { csp, policy, gatekeeper } = this.#page;
    const permitted = policy.services.map(({ id }) => id).filter((id) => gatekeeper.allows(id));
    for (const tree of documentTrees(document))
      if (tree !== document && 'documentElement' in tree) csp.add(csp.closed(permitted), tree);
  }

  /**
   * Another worker has taken the page over, whose policy may be newer: closes the page to what that one refuses, and to what it
   * does not have. What else it says comes with the next page.
   */
  async heedNewPolicy(): Promise<void> {
    const { csp, policy, worker, gatekeeper } = this.#page;
    const access = await askActiveWorker<'access'>(worker, { type: 'access' }).catch(() => undefined);
    if (!access || policy.reportOnly) return;
    const isOpen = (service: CompiledService) =>
      originsOf([service]).every((origin) => access.origins.includes(origin));
    const refused = policy.services.filter((service) => gatekeeper.allows(service.id) && !isOpen(service));
    if (refused.length === 0) return;
    for (const { id } of refused) {
      csp.superseded.add(id);
      csp.overtaken.add(id);
    }
    if (access.csp) csp.add(access.csp);
    csp.endStarted();
    this.close();
  }

  /** Releases what is permitted now, and holds the places of what is not. */
  async show(): Promise<void> {
    const { gatekeeper, csp, policy, trusted } = this.#page;
    // What nobody has refused has run already.
    const refusals = policy.reportOnly ? [] : gatekeeper.refusals;
    const permits = (id: ServiceId) => gatekeeper.allows(id) && csp.isOpenTo(id);
    const permitsFrames = (id: ServiceId) => permits(id) && csp.isOpenToFramesOf(id);
    // What is taken back may be refused, and released, once more.
    for (const refusal of refusals)
      if (!isLetIn(refusal, (id) => gatekeeper.allows(id))) this.#released.delete(refusal.url);
    const urls = refusals
      .filter((refusal) => isLetIn(refusal, permits) && !this.#released.has(refusal.url))
      .map(({ url }) => url);
    urls.forEach((url) => this.#released.add(url));
    const isPermitted = (element: HTMLElement) => {
      const { service, category } = (element.matches(MARKED) ? element : element.parentElement!).dataset;
      const asked = service
        ? [service]
        : policy.services.filter(({ purpose }) => purpose === category).map(({ id }) => id);
      if (asked.length === 0 && category !== 'necessary') void this.sayNobodyHas({ service, category });
      // Where the document would refuse it, it waits for the next: Chromium does not load a frame that was refused before a reload.
      return (
        asked.every(element.matches(EMBEDDED) ? permitsFrames : permits) &&
        (asked.length > 0 || category === 'necessary')
      );
    };
    const inert = this.#embedded.inert().filter(isPermitted);
    // Chromium loads no object that is hidden, nor once it is shown.
    const pressed = this.#placeholders.giveUp((element) => inert.includes(element));
    const released = unblock({ urls: new Set(urls), inert }, trusted);
    for (const element of inert) this.#inertAgain.observe(element, { attributeFilter: HELD_ADDRESSES });
    this.#inertAgain.takeRecords(); // What was changed just now, we have.
    pressed?.focus({ preventScroll: true });
    startPlaying(pressed, true);
    this.#seeLockPutBack();
    await takenOver;
    this.holdPlaces();
    this.#embedded.giveBackSearchLinks();
    await released;
  }

  /** Says in the place of what is missing why it is; where a framework has yet to take that over, once it has. */
  holdPlaces(): void {
    const missing = this.#embedded.missing();
    const early = [...missing.keys()].filter(isToBeTakenOver);
    for (const element of early) missing.delete(element);
    this.#placeholders.hold(missing);
    this.#holdLater(early);
  }

  /** Looks at these only, and seldom: what is never taken over costs the page nothing. */
  #holdLater(early: Element[]): void {
    clearTimeout(this.#heldLater);
    if (early.length === 0) return;
    const look = () => (early.every(isToBeTakenOver) ? this.#holdLater(early) : this.holdPlaces());
    this.#heldLater = setTimeout(look, TAKING_OVER_MS);
  }

  /**
   * Notices where a framework that renders the whole page, or merges its head, has put a lock of the markup back that the
   * worker had opened. A policy that is in force cannot be taken back.
   */
  #seeLockPutBack(): void {
    const { gatekeeper, csp } = this.#page;
    if (!gatekeeper.refusals.some(({ layer, service }) => layer === 'wall' && service && csp.open.has(service))) return;
    const metas = [...builtIn(document).head.querySelectorAll<HTMLMetaElement>('meta[http-equiv]')];
    if (!metas.some(({ content }) => content.includes(CSP_MARKER) && !csp.added.has(content))) return;
    csp.open.clear();
    this.#reopening.isClosedAgain();
    console.warn(
      'cookie-gatekeeper: the lock, a <meta>, was put back into this page, and closes it until it is loaded again. Send the lock as a header.',
    );
  }

  /** Sends the proof of what was decided to the site's server. */
  sendReceipts(): Promise<void> {
    return sendReceipts(this.#page);
  }

  /** @see Reopening.reopen */
  reopen(): Promise<boolean> {
    return this.#reopening.reopen();
  }

  /** Gives the focus back to what had it before the page was loaded again. */
  giveFocusBack(): Promise<void> {
    return giveFocusBack();
  }

  /** Says that nothing has a name that markup or a script waits for. */
  async sayNobodyHas(name: Name): Promise<void> {
    (await this.#diagnosis()).sayNobodyHas(name, this.#page);
  }

  /**
   * Says what the page has learnt from the worker's answer.
   * @param greet asks the worker of then, and comes here again if that is not better
   */
  async sayWhatIsAmiss(reply: Replies['hello'], greet: () => Promise<unknown>): Promise<void> {
    const page = this.#page;
    const { policy } = page;
    // What is not permitted any more is closed, and everybody is told.
    if (isOfAnotherBuild(reply, policy)) await page.catchUp();
    await (
      await this.#diagnosis()
    ).sayWhatIsAmiss(reply, policy, async () => {
      await greet();
      await page.catchUp();
    });
  }

  /** What a choice may have been meant for that names no service. */
  async meant(service: ServiceId): Promise<string> {
    return this.#diagnosis().then(
      ({ noSuchChoice }) => noSuchChoice(service, this.#page.policy),
      () => '',
    );
  }
}

/**
 * Has the browser drop the pages that it has fetched ahead, and fetch them again: they were opened under the consent of
 * before, and what stands in them before our script would still be led to a service by a redirect of the site's own.
 */
function forgetPrefetched(): void {
  for (const rules of builtIn(document).querySelectorAll<HTMLScriptElement>('script[type=speculationrules]')) {
    const again = builtIn(document).createElement('script');
    for (const { name, value } of rules.attributes) again.setAttribute(name, value);
    again.nonce = rules.nonce;
    again.text = rules.text;
    rules.replaceWith(again);
  }
}
