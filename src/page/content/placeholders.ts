import { builtIn } from '../../dom/built-in';
import { matches } from '../document/matches';
import type { Reopening } from '../decisions/reopening';
import type { PageContext } from '../page-context';
import { boxesOf, hideHeld, HELD_PLACE, type Box } from './held-boxes';
import { makePlaceholder, type Missing } from './make-placeholder';
import { componentOf, isPressed } from './pressed-facade';
import { Surroundings } from './surroundings';

/** The site may take a placeholder out whenever it sees one. In turns, it is not put back for ever. */
const MOST_RETURNS = 20;
/** Whoever answers each return with a change of its own is answered more slowly. */
const ANSWER_MS = 100;
const LULL_MS = 1_000;

const FOCUSED = ':focus-within';
const CONTROL = 'button,a';

export type Embedded = HTMLIFrameElement & HTMLObjectElement;

interface Held {
  placeholder: HTMLElement;
  /** Of whom and what it says that it is missing. */
  says: string;
  /** What was written into its style. */
  box: string;
  /** Whether it was put in, and not taken out again by ourselves. */
  isPut: boolean;
  /** When it was put in; 0 once it was seen to be taken out by the site. */
  since: number;
  /** How often in a row the site has taken it out as soon as it was there. */
  returns: number;
  /** Whether rules such as `:first-child` and `h3 + iframe` count it: it is taken out to measure then. */
  isCounted: boolean;
}

/**
 * `<cookie-placeholder>`s beside frames, objects, embeds and players that are held back: they say which service it is, and
 * offer to allow it, or where it is allowed and the page is closed to it, how to see it. Each has
 * the size and the place that what it stands for would have, so that the page does not move.
 * That is hidden meanwhile, and is otherwise left as it is and where it is: it is the site's, whose framework may take it
 * out, move it or change it at any time.
 */
export class Placeholders {
  readonly #page: PageContext;
  readonly #reopening: Reopening;
  readonly #held = new Map<Embedded, Held>();
  readonly #surroundings: Surroundings;
  /** The page's own ones, too. Browsers keep it as the page changes: nothing is searched. */
  readonly #placeholders = builtIn(document).getElementsByTagName(
    'cookie-placeholder',
  ) as HTMLCollectionOf<HTMLElement>;
  readonly #changed: () => void;
  #isWaiting = false;
  #lastReturn = 0;
  #answers = 0;

  /** @param changed called after the site, or the window, has changed something where places are held */
  constructor(page: PageContext, reopening: Reopening, changed: () => void) {
    this.#page = page;
    this.#reopening = reopening;
    this.#changed = changed;
    this.#surroundings = new Surroundings(
      (records) => this.#note(records),
      () => this.#look(),
      (element) => !!this.#held.get(element as Embedded)?.placeholder.isConnected,
    );
  }

  /** Not at once: whoever watches the page, too, must not watch us in turns for ever. */
  #look(): void {
    if (!this.#isWaiting) setTimeout(this.#changed, this.#answers > MOST_RETURNS ? LULL_MS : 0);
    this.#isWaiting = true;
  }

  #note(records: MutationRecord[]): void {
    const added = new Set(records.flatMap(({ addedNodes }) => [...addedNodes]));
    for (const [element, held] of this.#held) {
      const { placeholder } = held;
      if (!placeholder.isConnected) seeTakenOut(held);
      else if (!element.isConnected) takeOut(held);
      // A carousel that moves its first child on means what that stands for.
      else if (added.has(placeholder) && !added.has(element)) placeholder.after(element);
    }
  }

  /** Holds the places of what is missing now, and no other. One that nobody sees is held once it is seen. */
  hold(missing: Map<Embedded, Missing>): void {
    this.#surroundings.catchUp();
    this.#takeOutCopies();
    this.giveUp((element) => !missing.has(element));
    const looked = [...missing].filter((entry) => this.#isToLookAt(...entry));
    this.#surroundings.seen();
    this.#isWaiting = false;
    const elements = looked.map(([element]) => element);
    for (const element of elements) this.#surroundings.watch(element);
    const giveFocusBack = this.#takeOutCounted(elements);
    const boxes = boxesOf(elements);
    const isNew = elements.map((element) => !this.#held.get(element)?.isPut);
    looked.forEach(([element, it], index) => this.#place(element, it, boxes[index]));
    giveFocusBack();
    this.#seeCounted(elements.filter((_, index) => isNew[index] && boxes[index]));
    this.#surroundings.forget();
    this.#tellOwn();
  }

  #isToLookAt(element: Embedded, it: Missing): boolean {
    const held = this.#held.get(element);
    const isApart = !!held?.isPut && held.placeholder.nextElementSibling !== element;
    return isApart || held?.says !== this.#saysOf(it) || this.#surroundings.haveMoved(element);
  }

  /**
   * Takes out the placeholders that the site's rules count, so that their elements can be measured without them.
   * @returns gives the focus back to what had it, once they are in their places again
   */
  #takeOutCounted(elements: Embedded[]): () => void {
    let giveFocusBack = () => {};
    for (const element of elements) {
      const held = this.#held.get(element);
      if (!held?.isCounted || !held.placeholder.isConnected) continue;
      const controls = () => [...this.#held.get(element)!.placeholder.querySelectorAll<HTMLElement>(CONTROL)];
      const focused = controls().findIndex((control) => control.matches(':focus'));
      if (focused >= 0) giveFocusBack = () => (controls()[focused] ?? controls()[0])?.focus({ preventScroll: true });
      takeOut(held);
    }
    return giveFocusBack;
  }

  /** Sees which elements have another box now that their placeholders stand before them. */
  #seeCounted(elements: Embedded[]): void {
    boxesOf(elements).forEach((box, index) => {
      const held = this.#held.get(elements[index]!)!;
      if (JSON.stringify(box) !== held.box) held.isCounted = true;
    });
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
      this.#surroundings.unwatch(element);
    }
    return pressed;
  }

  /** A page that was kept as it was, or a part that was copied, has copies of placeholders, whose buttons do nothing. */
  #takeOutCopies(): void {
    for (const element of this.#page.waiting.elements) {
      const before = element.previousElementSibling;
      if (before && matches(before, HELD_PLACE) && before !== this.#held.get(element as Embedded)?.placeholder)
        before.remove();
    }
  }

  #place(element: Embedded, missing: Missing, box: Box | undefined): void {
    const says = this.#saysOf(missing);
    const tree = element.getRootNode() as Document | ShadowRoot;
    let held = this.#held.get(element);
    let hasFocus = !held?.box && isPressed(element);
    if (held?.says !== says) {
      hasFocus ||= !!held?.placeholder.matches(FOCUSED);
      if (held) takeOut(held);
      held = this.#makeHeld(element, missing, held);
    }
    const { placeholder } = held;
    if (!box) this.#surroundings.watchFarther(element);
    if (!box || held.returns > MOST_RETURNS) return takeOut(held);
    if (held.box !== (held.box = JSON.stringify(box))) Object.assign(placeholder.style, box);
    hideHeld(tree);
    if (placeholder.nextElementSibling === element) return;
    if (held.isPut) this.#seeAnswer();
    Object.assign(held, { isPut: true, since: performance.now() });
    element.before(placeholder);
    // What was pressed says now what came of it.
    if (hasFocus) placeholder.querySelector<HTMLElement>(CONTROL)?.focus({ preventScroll: true });
  }

  #makeHeld(element: Embedded, missing: Missing, was: Held | undefined): Held {
    const placeholder = makePlaceholder(this.#page, missing, element, this.#reopening.opensTo(missing.service));
    // It says so to whoever loads the page again.
    if (was?.placeholder.dataset.pressed ?? this.#wasFacadePressed(element)) placeholder.dataset.pressed = '';
    const says = this.#saysOf(missing);
    const held = { placeholder, says, box: '', isPut: false, since: 0, returns: 0, isCounted: !!was?.isCounted };
    this.#held.set(element, held);
    return held;
  }

  /** Counts how often in a row something had to be put back soon after it was. */
  #seeAnswer(): void {
    const now = performance.now();
    this.#answers = now - this.#lastReturn < ANSWER_MS ? this.#answers + 1 : 0;
    this.#lastReturn = now;
  }

  /** Whether it came when the visitor pressed the custom element that it is in. */
  #wasFacadePressed(element: Embedded): boolean {
    const component = componentOf(element);
    return !!component && !!navigator.userActivation?.isActive && this.#page.pressed.has(component);
  }

  #saysOf({ url, service }: Missing): string {
    return `${this.#reopening.opensTo(service)} ${service} ${url}`;
  }
}

function takeOut(held: Held): void {
  held.isPut = false;
  held.placeholder.remove();
}

/** Who merges a page with what its server renders, now and then, takes out what is not in that, and does not mind it. */
function seeTakenOut(held: Held): void {
  if (!held.isPut || held.since === 0) return;
  held.returns = performance.now() - held.since < ANSWER_MS ? held.returns + 1 : 0;
  held.since = 0;
}
