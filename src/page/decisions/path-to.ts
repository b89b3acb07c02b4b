import { builtIn } from '../../dom/built-in';
import { matches } from '../document/matches';

/** Between what is outside a shadow tree and what is in it. */
const INSIDE = ' >>> ';

/** Scripts make such ids, and another one each time: those of React, of players. */
const HAS_NUMBER = /\d/;

/**
 * A selector of this element alone, in a page that is made the same again; of each tree that it stands in, from the outermost.
 * Nothing is asked of a form that one of its controls may have taken the name of, such as `id` or `children`.
 */
export function pathTo(element: Element): string {
  const root = element.getRootNode() as Document | ShadowRoot;
  const outside = root instanceof ShadowRoot ? pathTo(root.host) + INSIDE : '';
  const id = element.getAttribute('id');
  const byId = id && !HAS_NUMBER.test(id) && `#${CSS.escape(id)}`;
  if (byId && builtIn(root).querySelectorAll(byId).length === 1) return outside + byId;
  let index = 1;
  for (let before = element.previousElementSibling; before; before = before.previousElementSibling)
    if (before.localName === element.localName) index += 1;
  const own = `${CSS.escape(element.localName)}:nth-of-type(${index})`;
  const { parentElement } = element;
  if (parentElement) return `${pathTo(parentElement)} > ${own}`;
  return outside ? outside + own : element.localName;
}

/** What `pathTo` leads to, if it is there. */
export function elementAt(path: string): HTMLElement | null {
  let tree: ParentNode | null | undefined = document;
  let element: HTMLElement | null = null;
  for (const selector of path.split(INSIDE)) {
    element = tree ? inTree(tree, selector) : null;
    tree = element?.shadowRoot;
  }
  return element;
}

/** In a shadow tree, no selector says that it begins at the top. */
function inTree(tree: ParentNode, selector: string): HTMLElement | null {
  if (!(tree instanceof ShadowRoot) || selector.startsWith('#'))
    return builtIn(tree).querySelector<HTMLElement>(selector);
  const [first, ...others] = selector.split(' > ');
  const top = [...tree.children].find((child) => matches(child, first!)) as HTMLElement | undefined;
  if (!top || others.length === 0) return top ?? null;
  return top.querySelector<HTMLElement>(`:scope > ${others.join(' > ')}`);
}
