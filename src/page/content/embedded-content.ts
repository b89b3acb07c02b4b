import { builtIn } from '../../dom/built-in';
import { findServices } from '../../requests/find-service';
import { indexPolicy, type IndexedPolicy } from '../../requests/index-policy';
import type { ServiceId } from '../../compiled-policy/compiled-policy';
import type { Refusal } from '../../messages/messages';
import type { PageContext } from '../page-context';
import { EMBEDDED, INERT } from '../document/inert-markup';
import { startFramesAnew } from '../document/start-frames-anew';
import type { Missing } from './make-placeholder';
import type { Embedded } from './placeholders';
import { inheritsPolicy, isEdited } from './edited-content';
import { LedAway } from './led-away';
import { giveBackSearchLink, HELD_SEARCH } from './search-links';
import { declaredAddress } from './start-playing';
import { documentTrees } from './document-trees';
import { webUrl } from './web-url';

/** What is embedded in a page, and emptied or held back when it is refused: no worker sees it. */
export class EmbeddedContent {
  readonly #page: PageContext;
  readonly #policy: IndexedPolicy;
  /** Elements that are empty because their service is refused. */
  readonly #emptied = new Set<Embedded>();
  readonly #ledAway: LedAway;
  /** The browser keeps this list: nothing is searched for it. */
  readonly #links = builtIn(document).getElementsByTagName('link');

  /** @param changed called when a frame shows something else, of which no attribute tells */
  constructor(page: PageContext, changed: () => void) {
    this.#page = page;
    this.#ledAway = new LedAway(changed);
    this.#policy = indexPolicy(page.policy);
  }

  /**
   * Empties what is embedded of services that are refused now. It becomes inert markup, which a later grant activates.
   * @param isClosedWithin whether the site's own documents inside the page were closed, too
   */
  empty(isClosedWithin: boolean): void {
    const refused = this.#refused();
    for (const element of this.#all()) {
      const url = addressOf(element);
      const services = this.#servicesOf(url);
      const [service] = services;
      if (!service || services.some((id) => this.#page.gatekeeper.allows(id))) continue;
      // One that the document has refused shows nothing; emptied, Firefox would bring it back empty over a reload. Of what it
      // was open to, one was refused for where it led, of which Firefox tells the origin only, and others live.
      const wasOpen = services.some((id) => this.#page.csp.openedTo.includes(id));
      if (!wasOpen && refusalOf(url, refused)) continue;
      // What an editor would save stays as it is, where the document refuses it from now on.
      if (isEdited(element) && element.contentWindow && (isClosedWithin || inheritsPolicy(element.ownerDocument))) {
        element.contentWindow.location.replace('about:blank');
        continue;
      }
      const name = attributeOf(element);
      Object.assign(element.dataset, { [name]: declaredAddress(element, url), service });
      element[name] = 'about:blank';
      this.#emptied.add(element);
      // As another frame, too: no entry in the history is added, nor leads back to what was written into it before.
      if (element.localName === 'iframe') startFramesAnew([element]);
    }
  }

  /**
   * Loads again what nobody can look into although its address is the site's own, or none: it may have been led to a
   * service, or have a copy of the policy that the page had before. It comes back under that of now, as another frame: the
   * history would bring back what was written into this one under the policy of then.
   */
  loadHiddenAgain(): void {
    startFramesAnew(this.#all().filter((element) => isHidden(element) || isLedFromWritten(element)));
  }

  /** Inert markup, which waits for consent. */
  inert(): HTMLElement[] {
    return this.#waiting().filter((element) => element.matches(INERT));
  }

  /** What a visitor misses: frames and the like that the document refused, or that wait for consent. */
  missing(): Map<Embedded, Missing> {
    const refused = this.#refused();
    const missing = new Map<Embedded, Missing>();
    const waiting = this.#waiting() as Embedded[];
    const refusalFor = (address: string | undefined) => address && refusalOf(address, refused);
    const explained = new Set(waiting.map((element) => refusalFor(webUrl(addressOf(element)))));
    const unexplained = [...refused.values()].filter((refusal) => !explained.has(refusal));
    for (const element of waiting) {
      // There is nothing beside it, or an editor would save what was.
      if (element.localName === 'frame' || isEdited(element)) continue;
      if (element.matches(INERT)) {
        const url = webUrl(element.dataset[attributeOf(element)]);
        const service = element.dataset.service ?? this.#servicesOf(url)[0];
        if (url && service && element.matches(HELD)) missing.set(element, { url, service });
        continue;
      }
      const ledTo =
        unexplained.length > 0 &&
        this.#ledAway.addressOf(element, (address) => unexplained.find((refusal) => refusal === refusalFor(address)));
      const url = ledTo || webUrl(addressOf(element));
      if (!url || !element.matches(EMBEDDED)) continue;
      const services = this.#servicesOf(url);
      const [service] = services;
      const refusal = refusalOf(url, refused);
      if (services.some((id) => this.#page.csp.isOpenToFramesOf(id))) continue;
      // What the page is closed to may have been refused before we could see it.
      if (!refusal && !service) continue;
      if (refusal) refusal.service ??= service;
      missing.set(element, { url, service });
    }
    return missing;
  }

  /** What the document has refused to embed, by address. */
  #refused(): Map<string, Refusal> {
    const embedded = this.#page.gatekeeper.refusals.filter(
      ({ layer, destination }) => layer === 'wall' && /^(frame|object)/.test(destination),
    );
    return new Map(embedded.map((refusal) => [refusal.url, refusal]));
  }

  #waiting(): HTMLElement[] {
    for (const element of this.#emptied) {
      // The site has given it another address since, or taken it out.
      if (element.isConnected && addressOf(element) === 'about:blank') continue;
      delete element.dataset[attributeOf(element)];
      this.#emptied.delete(element);
    }
    // What an editor shows is not activated either: it would be saved so.
    const waiting = [...this.#page.waiting.elements].filter((element) => !isEdited(element));
    return [...new Set([...waiting, ...this.#emptied])].filter(({ isConnected }) => isConnected);
  }

  /** Gives back the search descriptions that are permitted. */
  giveBackSearchLinks(): void {
    const { gatekeeper, policy, csp } = this.#page;
    for (const link of [...this.#links]) {
      if (!link.matches(HELD_SEARCH)) continue;
      const services = this.#servicesOf(link.href);
      // The worker knew the consent when it opened the document; the page may not know it before it has loaded.
      const isPermitted = services.some((id) => gatekeeper.allows(id) || csp.open.has(id));
      const isLetThrough = policy.reportOnly || (services.length === 0 && policy.undeclared === 'report');
      if (isPermitted || isLetThrough) giveBackSearchLink(this.#page, link);
    }
  }

  /** All that is in the page and in the site's own frames; closed shadow trees as far as they were seen when they were attached. */
  #all(): Embedded[] {
    const found = documentTrees(document).flatMap((tree) => [...builtIn(tree).querySelectorAll<Embedded>(EMBEDDED)]);
    const seen = [...this.#page.waiting.elements].filter((element) => element.isConnected && element.matches(EMBEDDED));
    return [...new Set([...found, ...(seen as Embedded[])])];
  }

  #servicesOf(url: string | undefined): ServiceId[] {
    try {
      return findServices(new URL(url!), this.#policy, new URL(location.href)).map(({ id }) => id);
    } catch {
      return []; // Nothing that could have been requested.
    }
  }
}

/** What a placeholder can stand for. */
const HELD = `${EMBEDDED},video,audio`;

/** The attribute that has its address. */
function attributeOf({ localName }: Element): 'src' | 'data' {
  return localName === 'object' ? 'data' : 'src';
}

/** Empty for a document that is written into the page. */
function addressOf({ srcdoc, src, data }: Embedded): string {
  return srcdoc ? '' : src || data || '';
}

/** Nobody can look into it; or Firefox heeds no policy that is added to it, as to documents of XML, such as pictures. */
function isHidden(element: Embedded): boolean {
  const url = addressOf(element);
  return (
    element.contentDocument?.contentType !== 'text/html' &&
    (!/^http/.test(url) || url.startsWith(`${location.origin}/`))
  );
}

/** Whether a document was written into it, and it shows another now: the history keeps the former. */
function isLedFromWritten({ srcdoc, src, contentDocument }: Embedded): boolean {
  const written = srcdoc ? 'about:srcdoc' : /^(data|blob):/.test(src) && src;
  return !!written && !!contentDocument && !contentDocument.URL.startsWith(written);
}

/** A browser tells of an address that it refused all but the fragment, or only its origin. */
function refusalOf(url: string, refused: Map<string, Refusal>): Refusal | undefined {
  return refused.get(url.replace(/#.*/, '')) ?? refused.get(new URL(url).origin);
}
