import type { Embedded } from './placeholders';

/** What may change whether, and where, an element of the site is seen. */
const SHOWN = ['class', 'style', 'hidden', 'width', 'height'];
const LOADED = ['src', 'srcdoc', 'data', 'data-src', 'data-data'];

/** What matters to an element that is held back: the nodes around it. */
interface Around {
  parent: Node;
  all: readonly Node[];
}

/** Watches what decides where elements that are held back would be seen, and how large: themselves, and what is around them. */
export class Surroundings {
  readonly #around = new WeakMap<Embedded, Around>();
  /** What has changed since `seen`. */
  readonly #moved = new Set<Node>();
  /** The size that something had when it began to be watched: a browser tells it once, though nothing has changed. */
  readonly #sizes = new WeakMap<Element, string>();
  /** What is watched for nodes that come and go, too. */
  readonly #parents = new WeakSet<Node>();
  readonly #resizes: ResizeObserver;
  readonly #changes: MutationObserver;
  readonly #noted: (records: MutationRecord[]) => void;
  readonly #moves: () => void;

  /**
   * @param noted called with what the site has changed
   * @param moves called after that, and when something has another size
   * @param isHiddenByUs whether an element has no size because its placeholder stands for it
   */
  constructor(
    noted: (records: MutationRecord[]) => void,
    moves: () => void,
    isHiddenByUs: (element: Element) => boolean,
  ) {
    this.#noted = noted;
    this.#moves = moves;
    this.#changes = new MutationObserver((records) => this.#note(records));
    this.#resizes = new ResizeObserver((entries) => {
      const resized = entries.filter(({ target, contentRect: { width, height } }) => {
        const was = this.#sizes.get(target);
        this.#sizes.delete(target);
        return was !== sizeOf(target) && !(width === 0 && height === 0 && isHiddenByUs(target));
      });
      this.#move(resized.map(({ target }) => target));
    });
    window.addEventListener('resize', () => this.#move([document]));
  }

  /** Takes in what has changed and was not told yet. */
  catchUp(): void {
    this.#note(this.#changes.takeRecords());
  }

  /** Whether something has changed that matters to an element, which may have another parent by now. */
  haveMoved(element: Embedded): boolean {
    const { parent, all = [] } = this.#around.get(element) ?? {};
    return parent !== element.parentNode || [document, element, ...all].some((node) => this.#moved.has(node));
  }

  /** What has changed was looked at. */
  seen(): void {
    this.#moved.clear();
  }

  /** Forgets what was changed just now: we have. */
  forget(): void {
    this.#changes.takeRecords();
  }

  watch(element: Embedded): void {
    const parent = element.parentNode!;
    if (this.#around.get(element)?.parent === parent) return;
    const sizing = sizingOf(element);
    this.#around.set(element, { parent, all: [parent, ...sizing] });
    this.#changes.observe(element, { attributeFilter: [...SHOWN, ...LOADED] });
    this.#changes.observe(parent, { childList: true, attributeFilter: SHOWN });
    this.#parents.add(parent);
    for (const box of [element, ...sizing]) {
      if (!this.#sizes.has(box)) this.#sizes.set(box, sizeOf(box));
      this.#resizes.observe(box);
    }
  }

  /** What nobody sees may be shown by any element around it, without another size. */
  watchFarther(element: Embedded): void {
    const around: Element[] = [];
    for (let next = parentOf(element); next; next = parentOf(next)) around.push(next);
    for (const one of around) if (!this.#parents.has(one)) this.#changes.observe(one, { attributeFilter: SHOWN });
    const { parent, all } = this.#around.get(element)!;
    this.#around.set(element, { parent, all: [...new Set([...all, ...around])] });
  }

  unwatch(element: Embedded): void {
    this.#around.delete(element);
    this.#resizes.unobserve(element);
  }

  #note(records: MutationRecord[]): void {
    this.#noted(records);
    this.#move(records.map(({ target }) => target));
  }

  #move(nodes: Node[]): void {
    for (const node of nodes) this.#moved.add(node);
    if (nodes.length > 0) this.#moves();
  }
}

/** The boxes around an element that its size may depend on: browsers tell nothing of those that are inline. */
function sizingOf(element: HTMLElement): Element[] {
  let around = parentOf(element);
  while (around && /^(inline|contents)$/.test(getComputedStyle(around).display)) around = parentOf(around);
  return [...new Set([around, element.offsetParent])].filter((box) => !!box);
}

/** What an element is laid out in. */
function parentOf(element: Element): Element | null {
  return element.assignedSlot ?? element.parentElement ?? (element.parentNode as ShadowRoot | null)?.host ?? null;
}

function sizeOf(element: Element): string {
  const { width, height } = element.getBoundingClientRect();
  return `${width} ${height}`;
}
