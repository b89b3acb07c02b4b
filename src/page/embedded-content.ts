import { findServices } from '../gate/find-service';
import { compileRules, type Rules } from '../gate/rules';
import type { ServiceId } from '../gate/terms';
import type { GuardedPage } from './guarded-page';
import { treesOf } from './trees-of';
import type { Embedded, Placeholders } from './placeholders';

const EMBEDDED = 'iframe,embed,object';

/** What is embedded in a page, and closed or replaced when it is refused: no worker sees it. */
export class EmbeddedContent {
  readonly #page: GuardedPage;
  readonly #placeholders: Placeholders;
  readonly #rules: Rules;

  constructor(page: GuardedPage, placeholders: Placeholders) {
    this.#page = page;
    this.#placeholders = placeholders;
    this.#rules = compileRules(page.terms);
  }

  /** Empties what is embedded of services that are refused now. Frames become inert markup, which a later grant activates. */
  empty(): void {
    for (const element of allEmbedded()) {
      const url = addressOf(element);
      const services = this.#servicesOf(url);
      const [service] = services;
      if (!service || services.some((id) => this.#page.gatekeeper.allows(id))) continue;
      if (element.localName === 'iframe') {
        Object.assign(element.dataset, { src: url, service });
        element.src = 'about:blank';
      } else {
        this.#placeholders.replace(element, url, service);
      }
    }
  }

  /**
   * Loads again what nobody can look into although its address is the site's own, or none: it may have been led to a
   * service, or have a copy of the policy that the page had before. It comes back under that of now.
   */
  loadHiddenAgain(): void {
    // What is put into a page loads, also where it was.
    allEmbedded().filter(isHidden).forEach((element) => element.replaceWith(element));
  }

  /** Puts placeholders in the places of frames, objects and embeds that the document refused. */
  holdRefused(): void {
    const { gatekeeper, wall } = this.#page;
    const refused = gatekeeper.refusals.filter(({ layer, destination }) => layer === 'wall' && /^(frame|object)/.test(destination));
    for (const element of document.querySelectorAll<Embedded>(EMBEDDED)) {
      const url = addressOf(element);
      const refusal = refused.find((refusal) => isPartOf(url, refusal.url));
      if (!refusal) continue;
      const services = this.#servicesOf(url);
      if (services.some((id) => wall.isOpenToFramesOf(id))) continue;
      refusal.service ??= services[0];
      this.#placeholders.replace(element, url, services[0]);
    }
  }

  #servicesOf(url: string): ServiceId[] {
    try {
      return findServices(new URL(url), this.#rules, new URL(location.href)).map(({ id }) => id);
    } catch {
      return []; // Nothing that could have been requested.
    }
  }
}

function allEmbedded(): Embedded[] {
  return treesOf(document).flatMap((tree) => [...tree.querySelectorAll<Embedded>(EMBEDDED)]);
}

/** Empty for a document that is written into the page. */
function addressOf({ srcdoc, src, data }: Embedded): string {
  return srcdoc ? '' : src || data || '';
}

function isHidden(element: Embedded): boolean {
  const url = addressOf(element);
  return !element.contentDocument && (!/^http/.test(url) || url.startsWith(`${location.origin}/`));
}

/** @param blocked what a browser tells of an address that it refused: all but the fragment, or only its origin */
function isPartOf(url: string, blocked: string): boolean {
  return url.replace(/#.*/, '') === blocked || url.startsWith(`${blocked}/`);
}
