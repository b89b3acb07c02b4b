import type { ServiceId } from '../gate/terms';
import type { GuardedPage } from './guarded-page';
import { treesOf } from './page-trees';
import type { Embedded, Placeholders } from './placeholders';

/** What is embedded in a page, and closed or replaced when it is refused: no worker sees it. */
export class EmbeddedContent {
  readonly #page: GuardedPage;
  readonly #placeholders: Placeholders;

  constructor(page: GuardedPage, placeholders: Placeholders) {
    this.#page = page;
    this.#placeholders = placeholders;
  }

  /** Loads again what has a copy of the page's policy from before, and is out of reach: it comes back under that of now. */
  loadCopiesAgain(): void {
    // What is put into a page loads, also where it was.
    allEmbedded().filter(isCopyOutOfReach).forEach((element) => element.replaceWith(element));
  }

  /** Empties what is embedded of services that are refused now. Frames become inert markup, which a later grant activates. */
  async empty(): Promise<void> {
    const { gatekeeper, servicesOf } = this.#page;
    const foreign = allEmbedded().filter((element) => isForeign(addressOf(element)));
    const urls = foreign.map(addressOf);
    // In a page that is rendered ahead, the browser holds back what comes from elsewhere until the page is shown; the
    // worker's answer too, so that it would come too late.
    const isAhead = (document as { prerendering?: boolean }).prerendering;
    const places = foreign.map((element) => (isAhead ? hold(element) : element));
    const services = await servicesOf(urls);
    foreign.forEach((element, index) => {
      const [url, place, service] = [urls[index]!, places[index]!, services[index]];
      // Where no worker tells whose it is, it may be anybody's.
      if (services.length === 0) return hold(place);
      if (!service || gatekeeper.allows(service)) return isAhead && giveBack(element, place, url);
      if (element.localName !== 'iframe') return this.#placeholders.replace(place, url, service);
      Object.assign(element.dataset, { src: url, service });
      return hold(element);
    });
  }

  /** Puts placeholders in the places of frames, objects and embeds that the document refused. */
  async holdRefused(): Promise<void> {
    const { gatekeeper, wall, servicesOf } = this.#page;
    const refused = gatekeeper.refusals.filter(({ layer, destination }) => layer === 'wall' && /^(frame|object)/.test(destination));
    const refusalOf = (element: Embedded) => refused.find(({ url }) => isPartOf(addressOf(element), url));
    const embedded = [...document.querySelectorAll<Embedded>(EMBEDDED)].filter(refusalOf);
    const urls = embedded.map(addressOf);
    const services: (ServiceId | undefined)[] = urls.length > 0 ? await servicesOf(urls) : [];
    embedded.forEach((element, index) => {
      const service = services[index];
      if (service && wall.isOpenToFramesOf(service)) return;
      refusalOf(element)!.service ??= service;
      this.#placeholders.replace(element, urls[index]!, service);
    });
  }
}

const NOTHING = 'about:blank';
const EMBEDDED = 'iframe,embed,object';

function allEmbedded(): Embedded[] {
  return treesOf(document).flatMap((tree) => [...tree.querySelectorAll<Embedded>(EMBEDDED)]);
}

/**
 * Keeps it from loading: empties a frame. Objects and embeds load, and change what they load, late: they are taken out.
 * @returns what stands in its place: the frame itself, or a copy without the address
 */
function hold(element: Embedded): Embedded {
  if (element.localName === 'iframe') {
    element.src = NOTHING;
    return element;
  }
  const copy = element.cloneNode() as Embedded;
  for (const name of ['src', 'data']) copy.removeAttribute(name);
  element.replaceWith(copy);
  return copy;
}

function giveBack(element: Embedded, place: Embedded, url: string): void {
  if (place === element) element.src = url;
  else place.replaceWith(element);
}

/** Empty for a document that is written into the page. */
function addressOf({ srcdoc, src, data }: Embedded): string {
  return srcdoc ? '' : src || data || '';
}

/** Whether it is a document that copied the page's policy when it was made, and that no script reaches to close it. */
function isCopyOutOfReach(element: Embedded): boolean {
  return (!!element.srcdoc || /^(data|blob):/.test(addressOf(element))) && !element.contentDocument;
}

function isForeign(url: string): boolean {
  try {
    const { protocol, origin } = new URL(url);
    return /^http/.test(protocol) && origin !== location.origin;
  } catch {
    return false; // Nothing that could have been requested.
  }
}

/** @param blocked what a browser tells of an address that it refused: all but the fragment, or only its origin */
function isPartOf(url: string, blocked: string): boolean {
  return url.replace(/#.*/, '') === blocked || url.startsWith(`${blocked}/`);
}
