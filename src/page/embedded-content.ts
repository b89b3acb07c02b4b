import { findService } from '../gate/find-service';
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
      const service = this.#serviceOf(url);
      if (!service || this.#page.gatekeeper.allows(service)) continue;
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
      const service = this.#serviceOf(url);
      if (service && wall.isOpenToFramesOf(service)) continue;
      refusal.service ??= service;
      this.#placeholders.replace(element, url, service);
    }
  }

  #serviceOf(url: string): ServiceId | undefined {
    try {
      return findService(new URL(url), this.#rules, new URL(location.href))?.id;
    } catch {
      return undefined; // Nothing that could have been requested.
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
