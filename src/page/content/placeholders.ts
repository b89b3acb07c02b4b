import { serviceOf, type ServiceId, type CompiledService } from '../../compiled-policy/compiled-policy';
import type { PageContext } from '../page-context';
import { boxesOf, hideHeld, HELD_PLACE, type Box } from './held-boxes';
import type { Opens, Reopening } from '../decisions/reopening';

const ALLOW: Record<string, string> = { en: 'Allow', fr: 'Autoriser' };
const LOAD_AGAIN: Record<string, string> = { en: 'Load the page again', fr: 'Recharger la page' };
/** What may change whether, and where, an element of the site is seen. */
const SHOWN = ['class', 'style', 'hidden', 'width', 'height'];
const LOADED = ['src', 'srcdoc', 'data', 'data-src', 'data-data'];
/** The site may take a placeholder out whenever it sees one. It is not put back for ever. */
const MOST_RETURNS = 20;

const FOCUSED = ':focus-within';

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
 * offer to allow it, or where it is allowed and the page is closed to it, how to see it. Each has the size and the place that what it stands for would have, so that the page does not move.
 * That is hidden meanwhile, and is otherwise left as it is and where it is: it is the site's, whose framework may take it
 * out, move it or change it at any time.
 */
export class Placeholders {
  readonly #page: PageContext;
  readonly #reopening: Reopening;
  readonly #held = new Map<Embedded, Held>();
  readonly #resizes: ResizeObserver;
  readonly #changes: MutationObserver;
  /** The page's own ones, too. Browsers keep it as the page changes: nothing is searched. */
  readonly #placeholders = document.getElementsByTagName('cookie-placeholder') as HTMLCollectionOf<HTMLElement>;
  #isMoved = false;

  /** @param changed called after the site, or the window, has changed something where places are held */
  constructor(page: PageContext, reopening: Reopening, changed: () => void) {
    this.#page = page;
    this.#reopening = reopening;
    const moved = () => {
      // Not at once: whoever watches the page, too, must not watch us in turns for ever.
      if (!this.#isMoved) setTimeout(changed);
      this.#isMoved = true;
    };
    this.#resizes = new ResizeObserver(moved);
    this.#changes = new MutationObserver(() => {
      for (const [element, { placeholder }] of this.#held)
        if (placeholder.isConnected && !element.isConnected) placeholder.remove();
      moved();
    });
    window.addEventListener('resize', moved);
  }

  /** Holds the places of what is missing now, and no other. One that nobody sees is held once it is seen. */
  hold(missing: Map<Embedded, Missing>): void {
    this.#takeOutCopies();
    this.giveUp((element) => !missing.has(element));
    const isNew = ([element, it]: [Embedded, Missing]) => this.#held.get(element)?.says !== this.#saysOf(it);
    const looked = [...missing].filter((entry) => this.#isMoved || isNew(entry));
    this.#isMoved = false;
    const boxes = boxesOf(looked.map(([element]) => element));
    looked.forEach(([element, it], index) => this.#place(element, it, boxes[index]));
    this.#changes.takeRecords(); // Those are ours.
    this.#tellOwn();
  }

  /** Has placeholders that the site has put in say, too, how what is allowed comes to a page that is closed to it. */
  #tellOwn(): void {
    for (const { dataset } of this.#placeholders) {
      if (!dataset['service'] || dataset['url']) continue;
      const opens = this.#reopening.opensClosed(dataset['service']);
      // Whoever watches it hears of what is another only.
      if (opens === dataset['opens']) continue;
      if (opens) dataset['opens'] = opens;
      else delete dataset['opens'];
    }
  }

  /**
   * Holds the places of some elements no longer.
   * @returns that whose placeholder had the focus, if any
   */
  giveUp(which: (element: Embedded) => boolean): Embedded | undefined {
    let pressed: Embedded | undefined;
    for (const [element, { placeholder }] of this.#held) {
      if (!which(element)) continue;
      if (placeholder.matches(FOCUSED)) pressed = element;
      placeholder.remove();
      this.#held.delete(element);
      this.#resizes.unobserve(element);
    }
    return pressed;
  }

  /** A page that was kept as it was, or a part that was copied, has copies of placeholders, whose buttons do nothing. */
  #takeOutCopies(): void {
    for (const element of this.#page.waiting.elements) {
      const before = element.previousElementSibling;
      if (before?.matches(HELD_PLACE) && before !== this.#held.get(element as Embedded)?.placeholder) before.remove();
    }
  }

  #place(element: Embedded, missing: Missing, box: Box | undefined): void {
    const says = this.#saysOf(missing);
    const tree = element.getRootNode() as Document | ShadowRoot;
    let held = this.#held.get(element);
    let hasFocus = !held?.returns && isPressed(element);
    if (held?.says !== says) {
      hasFocus ||= !!held?.placeholder.matches(FOCUSED);
      if (!held) this.#watch(element);
      held?.placeholder.remove();
      const placeholder = this.#placeholderFor(missing, element);
      // It says so to whoever loads the page again.
      if (held?.placeholder.dataset.pressed ?? this.#wasFacadePressed(element)) placeholder.dataset.pressed = '';
      held = { placeholder, says, returns: 0 };
      this.#held.set(element, held);
    }
    const { placeholder } = held;
    if (!box || held.returns > MOST_RETURNS) return placeholder.remove();
    Object.assign(placeholder.style, box);
    hideHeld(tree);
    if (placeholder.nextElementSibling === element) return;
    held.returns++;
    element.before(placeholder);
    // What was pressed says now what came of it.
    if (hasFocus) placeholder.querySelector<HTMLElement>('button,a')?.focus({ preventScroll: true });
  }

  /** Whether it came when the visitor pressed the custom element that it is in. */
  #wasFacadePressed(element: Embedded): boolean {
    const component = componentOf(element);
    return !!component && !!navigator.userActivation?.isActive && this.#page.pressed.has(component);
  }

  #saysOf({ url, service }: Missing): string {
    return `${this.#reopening.opensTo(service)} ${service} ${url}`;
  }

  #watch(element: Embedded): void {
    this.#resizes.observe(element);
    this.#changes.observe(element, { attributeFilter: [...SHOWN, ...LOADED] });
    const { parentNode, parentElement } = element;
    this.#changes.observe(parentNode!, { childList: true, attributeFilter: SHOWN });
    if (parentElement) this.#resizes.observe(parentElement);
  }

  #placeholderFor({ url, service: id }: Missing, element: Embedded): HTMLElement {
    const { host } = new URL(url);
    const service = serviceOf(this.#page.policy, id);
    const opens = this.#reopening.opensTo(id);
    const placeholder = document.createElement('cookie-placeholder');
    const poster = element.getAttribute('poster') ?? element.dataset.poster;
    Object.assign(placeholder.dataset, { host, url }, service && { service: service.id }, opens && { opens });
    if (poster) placeholder.dataset.poster = poster;
    placeholder.append(service ? this.#nameOf(service) : host);
    if (service) placeholder.append(' ', this.#wayTo(url, service.id, opens));
    return placeholder;
  }

  #nameOf({ name }: CompiledService): string {
    return typeof name === 'string' ? name : (name[language()] ?? Object.values(name)[0]!);
  }

  /** What to press to see it. */
  #wayTo(url: string, service: ServiceId, opens: Opens | undefined): HTMLElement {
    const { gatekeeper } = this.#page;
    if (opens === 'elsewhere') return linkTo(url);
    if (opens) return button(LOAD_AGAIN, () => gatekeeper.reopen());
    return button(ALLOW, () => gatekeeper.set({ [service]: true }));
  }
}

/** The custom element that something was put into, if it is one. */
function componentOf(element: Embedded): Element | undefined {
  const root = element.getRootNode();
  const component = root instanceof ShadowRoot ? root.host : element.parentElement;
  return component?.localName.includes('-') ? component : undefined;
}

/**
 * Whether the visitor has just pressed what an element came from: it has the focus, or the custom element that it is in has
 * it, or had it in what the element has replaced.
 */
function isPressed(element: Embedded): boolean {
  const { activeElement, body } = document;
  const facade = element.parentElement ?? (element.getRootNode() as ShadowRoot).host;
  return (
    !!navigator.userActivation?.isActive &&
    (activeElement === element ||
      (facade.localName.includes('-') && (activeElement === body || facade.contains(activeElement))))
  );
}

function button(label: Record<string, string>, act: () => Promise<unknown>): HTMLElement {
  const button = document.createElement('button');
  button.textContent = label[language()] ?? label['en']!;
  button.onclick = () => void act().catch((error: unknown) => console.error(error));
  return button;
}

function linkTo(url: string): HTMLElement {
  return Object.assign(document.createElement('a'), {
    href: url,
    target: '_blank',
    rel: 'noreferrer',
    textContent: new URL(url).host,
  });
}

function language(): string {
  return document.documentElement.lang.slice(0, 2);
}
