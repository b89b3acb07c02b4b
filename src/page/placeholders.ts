import { serviceOf, type ServiceId, type ServiceTerms, type Terms } from '../gate/terms';
import { boxesOf, hideHeld, type Box } from './held-boxes';

const ALLOW: Record<string, string> = { en: 'Allow', fr: 'Autoriser' };
/** What may change whether, and where, an element of the site is seen. */
const SHOWN = ['class', 'style', 'hidden', 'width', 'height'];
const LOADED = ['src', 'srcdoc', 'data', 'data-src', 'data-data'];
/** The site may take a placeholder out whenever it sees one. It is not put back for ever. */
const MOST_RETURNS = 20;

export type Embedded = HTMLIFrameElement & HTMLObjectElement;

/** What is not there: its address, and the service; undefined for what the policy does not declare, which cannot be allowed. */
export interface Missing {
  url: string;
  service: ServiceId | undefined;
}

interface Held {
  placeholder: HTMLElement;
  /** Of whom and what it says that it is missing. */
  says: string;
  returns: number;
}

/**
 * `<cookie-placeholder>`s beside frames, objects, embeds and players that are held back: they say which service it is, and
 * offer to allow it. Each has the size and the place that what it stands for would have, so that the page does not move.
 * That is hidden meanwhile, and is otherwise left as it is and where it is: it is the site's, whose framework may take it
 * out, move it or change it at any time.
 */
export class Placeholders {
  readonly #terms: Terms;
  readonly #allow: (service: ServiceId) => void;
  readonly #held = new Map<Embedded, Held>();
  readonly #resizes: ResizeObserver;
  readonly #changes: MutationObserver;
  #isMoved = false;

  /**
   * @param allow allows a service
   * @param changed called after the site, or the window, has changed something where places are held
   */
  constructor(terms: Terms, allow: (service: ServiceId) => void, changed: () => void) {
    this.#terms = terms;
    this.#allow = allow;
    const moved = () => {
      // Not at once: whoever watches the page, too, must not watch us in turns for ever.
      if (!this.#isMoved) setTimeout(changed);
      this.#isMoved = true;
    };
    this.#resizes = new ResizeObserver(moved);
    this.#changes = new MutationObserver(() => {
      for (const [element, { placeholder }] of this.#held) if (placeholder.isConnected && !element.isConnected) placeholder.remove();
      moved();
    });
    window.addEventListener('resize', moved);
  }

  /** Holds the places of what is missing now, and no other. One that nobody sees is held once it is seen. */
  hold(missing: Map<Embedded, Missing>): void {
    this.giveUp((element) => !missing.has(element));
    const isNew = ([element, { url, service }]: [Embedded, Missing]) => this.#held.get(element)?.says !== `${service} ${url}`;
    const looked = [...missing].filter((entry) => this.#isMoved || isNew(entry));
    this.#isMoved = false;
    const boxes = boxesOf(looked.map(([element]) => element));
    looked.forEach(([element, it], index) => this.#place(element, it, boxes[index]));
    this.#changes.takeRecords(); // Those are ours.
  }

  /** Holds the places of some elements no longer. */
  giveUp(which: (element: Embedded) => boolean): void {
    for (const [element, { placeholder }] of this.#held) {
      if (!which(element)) continue;
      placeholder.remove();
      this.#held.delete(element);
      this.#resizes.unobserve(element);
    }
  }

  #place(element: Embedded, { url, service }: Missing, box: Box | undefined): void {
    const says = `${service} ${url}`;
    let held = this.#held.get(element);
    if (held?.says !== says) {
      if (!held) this.#watch(element);
      held?.placeholder.remove();
      held = { placeholder: this.#placeholderFor(new URL(url).host, serviceOf(this.#terms, service)), says, returns: 0 };
      this.#held.set(element, held);
    }
    const { placeholder } = held;
    if (!box || held.returns > MOST_RETURNS) return placeholder.remove();
    Object.assign(placeholder.style, box);
    hideHeld(element.getRootNode() as Document | ShadowRoot);
    if (placeholder.nextElementSibling === element) return;
    held.returns++;
    element.before(placeholder);
  }

  #watch(element: Embedded): void {
    this.#resizes.observe(element);
    this.#changes.observe(element, { attributeFilter: [...SHOWN, ...LOADED] });
    const { parentNode, parentElement } = element;
    this.#changes.observe(parentNode!, { childList: true, attributeFilter: SHOWN });
    if (parentElement) this.#resizes.observe(parentElement);
  }

  #placeholderFor(host: string, service: ServiceTerms | undefined): HTMLElement {
    const placeholder = document.createElement('cookie-placeholder');
    placeholder.dataset.host = host;
    placeholder.append(service ? this.#nameOf(service) : host);
    if (service) {
      placeholder.dataset.service = service.id;
      placeholder.append(' ', this.#allowButton(service.id));
    }
    return placeholder;
  }

  #nameOf({ name }: ServiceTerms): string {
    return typeof name === 'string' ? name : (name[language()] ?? Object.values(name)[0]!);
  }

  #allowButton(id: ServiceId): HTMLElement {
    const button = document.createElement('button');
    button.textContent = ALLOW[language()] ?? ALLOW['en']!;
    button.onclick = () => this.#allow(id);
    return button;
  }
}

function language(): string {
  return document.documentElement.lang.slice(0, 2);
}
