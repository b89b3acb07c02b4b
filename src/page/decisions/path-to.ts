/** Between what is outside a shadow tree and what is in it. */
const INSIDE = ' >>> ';

/** A selector of this element alone, in a page that is made the same again; of each tree that it stands in, from the outermost. */
export function pathTo(element: Element): string {
  const { id, localName, parentElement, parentNode } = element;
  const root = element.getRootNode();
  const outside = root instanceof ShadowRoot ? pathTo(root.host) + INSIDE : '';
  if (id) return `${outside}#${CSS.escape(id)}`;
  const among = (parentElement ?? parentNode)?.children ?? [];
  const alike = [...among].filter((child) => child.localName === localName);
  const own = `${CSS.escape(localName)}:nth-of-type(${alike.indexOf(element) + 1})`;
  if (parentElement) return `${pathTo(parentElement)} > ${own}`;
  return outside ? outside + own : localName;
}

/** What `pathTo` leads to, if it is there. */
export function elementAt(path: string): HTMLElement | null {
  let tree: ParentNode | null | undefined = document;
  let element: HTMLElement | null = null;
  for (const selector of path.split(INSIDE)) {
    element = tree?.querySelector<HTMLElement>(selector) ?? null;
    tree = element?.shadowRoot;
  }
  return element;
}
