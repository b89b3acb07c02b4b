import { builtIn } from '../dom/built-in';

/** Those that are false or undefined are left out. */
type Child = Node | string | false | undefined;
type Attributes = Record<string, string | boolean | undefined | ((event: Event) => void)>;

/**
 * Makes an element, in a way that Trusted Types and a strict Content-Security-Policy allow.
 * @param attributes functions are event handlers (`onclick`); true is an attribute without value; false and undefined are left out
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes?: Attributes,
  ...children: Child[]
): HTMLElementTagNameMap[K];
export function element(name: string, attributes?: Attributes, ...children: Child[]): HTMLElement;
export function element(name: string, attributes: Attributes = {}, ...children: Child[]): HTMLElement {
  const made = builtIn(document).createElement(name);
  setAttributes(made, attributes);
  made.append(...children.filter((child) => child !== undefined && child !== false));
  return made;
}

/** @param attributes as for `element`; what is false or undefined is taken away */
export function setAttributes(element: HTMLElement, attributes: Attributes): void {
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(key.slice(2), value);
    else if (value === undefined || value === false) element.removeAttribute(key);
    else element.setAttribute(key, value === true ? '' : value);
  }
}

/** Paragraphs, of those texts that there are. */
export function paragraphs(...texts: string[]): HTMLElement[] {
  return texts.filter(Boolean).map((text) => element('p', {}, text));
}

/** Marks what another script of the package has defined. */
const OURS = Symbol.for('cookie-gatekeeper');

/**
 * Defines a custom element, unless a script of the package has, which may be in a page twice. Where the site has one of that name,
 * nothing of ours can be shown in it, and the console says so.
 * @param connect what to do when one is put into a page; it returns what to do when it is taken out
 */
export function defineElement(name: string, connect: (host: HTMLElement) => () => void): void {
  const there = customElements.get(name);
  if (there) {
    if (!(OURS in there))
      console.warn(
        `cookie-gatekeeper: the site has defined <${name}> itself, so ours asks and shows nothing. Give the site’s another name.`,
      );
    return;
  }
  const made = class extends HTMLElement {
    static readonly [OURS] = true;
    #disconnect?: () => void;
    connectedCallback(): void {
      this.#disconnect = connect(this);
    }
    disconnectedCallback(): void {
      this.#disconnect?.();
    }
  };
  customElements.define(name, made);
}

/** An id that no other element of the page has. No count: what is loaded apart would begin at the same number. */
export function uniqueId(): string {
  return `cookie-gatekeeper-${Math.random().toString(36).slice(2)}`;
}
