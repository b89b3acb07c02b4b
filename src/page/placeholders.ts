import { serviceOf, type ServiceId, type ServiceTerms, type Terms } from '../gate/terms';
import { setShown } from './set-shown';

const ALLOW: Record<string, string> = { en: 'Allow', fr: 'Autoriser' };
const INERT_FRAME = 'iframe[data-service][data-src]';
/** Smaller frames show nothing: they count visits. */
const SMALLEST_PX = 10;
/** What places a frame in the page, so that its placeholder stands where the frame will. */
const PLACE = ['position', 'inset', 'margin', 'float', 'gridArea', 'order', 'flex', 'zIndex', 'borderRadius'] as const;

export type Embedded = HTMLIFrameElement & HTMLObjectElement;

/** What placeholders need of the page's gatekeeper. */
export interface Allowing {
  allows(service: ServiceId): boolean;
  allow(service: ServiceId): void;
}

/**
 * `<cookie-placeholder>`s in the places of frames, objects and embeds that are held back: they say which service it is,
 * and offer to allow it. Each keeps the size and the place of what it stands for, so that the page does not move.
 */
export class Placeholders {
  readonly #terms: Terms;
  readonly #allowing: Allowing;
  /** By the inert frame that each stands for; the frame is hidden meanwhile. */
  readonly #held = new Map<HTMLElement, HTMLElement>();

  constructor(terms: Terms, allowing: Allowing) {
    this.#terms = terms;
    this.#allowing = allowing;
  }

  /** Holds the place of each inert frame, for as long as its service is not allowed. */
  holdInertFrames(): void {
    for (const frame of document.querySelectorAll<Embedded>(INERT_FRAME)) {
      const { service, src } = frame.dataset;
      if (this.#held.has(frame) || this.#allowing.allows(service!)) continue;
      if (frame.offsetWidth < SMALLEST_PX || frame.offsetHeight < SMALLEST_PX) continue;
      if (this.#held.size === 0) new MutationObserver(() => this.#update()).observe(document, { childList: true, subtree: true });
      const placeholder = this.#placeholderFor(frame, new URL(src!, document.baseURI).host, serviceOf(this.#terms, service));
      frame.before(placeholder);
      this.#held.set(frame, placeholder);
    }
    this.#update();
  }

  /**
   * Puts one in the place of an element that is refused.
   * @param url that it had
   * @param service undefined for what the policy does not declare: that cannot be allowed
   */
  replace(element: Embedded, url: string, service: ServiceId | undefined): void {
    element.replaceWith(this.#placeholderFor(element, new URL(url).host, serviceOf(this.#terms, service)));
  }

  /** Frames that were allowed are shown; places of frames that the page has taken out are given up. */
  #update(): void {
    for (const [frame, placeholder] of this.#held) {
      const isAllowed = this.#allowing.allows(frame.dataset.service!);
      setShown(frame, isAllowed);
      if (frame.isConnected && !isAllowed) continue;
      placeholder.remove();
      this.#held.delete(frame);
    }
  }

  #placeholderFor(element: Embedded, host: string, service: ServiceTerms | undefined): HTMLElement {
    const placeholder = document.createElement('cookie-placeholder');
    const style = getComputedStyle(element);
    const { style: own } = placeholder;
    for (const property of PLACE) own[property] = style[property];
    // Else a line of its text would stand on the line that the frame stands on, and the page move.
    own.overflow = 'auto';
    // Firefox gives objects that it has not loaded no size.
    const [width, height] = [element.offsetWidth || parseInt(element.width), element.offsetHeight || parseInt(element.height)];
    Object.assign(own, { width: `${width}px`, height: `${height}px`, maxWidth: '100%', display: style.display.replace(/^inline$/, 'inline-block') });
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
    button.onclick = () => this.#allowing.allow(id);
    return button;
  }
}

function language(): string {
  return document.documentElement.lang.slice(0, 2);
}
