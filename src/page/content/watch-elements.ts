import { builtIn } from '../../dom/built-in';
import { matches } from '../document/matches';

/**
 * Finds the elements of this page that match a selector, also in shadow trees: those that there are, and from then on
 * those that are added. Only what is added is searched.
 */
export function watchElements<T extends Element>(selector: string, found: (elements: T[]) => void): void {
  const observer = new MutationObserver((records) => {
    const added = new Set(records.flatMap(({ addedNodes }) => [...addedNodes]));
    // What is within another one that was added is found with that.
    search([...added].filter((node): node is Element => node instanceof Element && !added.has(node.parentNode!)));
  });
  const search = (roots: (Element | Document | ShadowRoot)[]): void => {
    const elements = roots.flatMap((root) => [
      ...(root instanceof Element && matches(root, selector) ? [root] : []),
      ...builtIn(root).querySelectorAll(selector),
    ]);
    if (elements.length > 0) found(elements as T[]);
    // Scripts attach a shadow tree after they have added its host.
    setTimeout(() => {
      for (const { shadowRoot } of roots.flatMap((root) => [root as Element, ...builtIn(root).querySelectorAll('*')]))
        if (shadowRoot) watch(shadowRoot);
    });
  };
  const observe = (tree: Node) => observer.observe(tree, { childList: true, subtree: true });
  const watch = (tree: Document | ShadowRoot): void => {
    observe(tree);
    search([tree]);
  };
  watch(document);
  // Nobody else is told of a closed one, nor when one is attached.
  Element.prototype.attachShadow = new Proxy(Element.prototype.attachShadow, {
    apply(attach, host, given) {
      const tree = Reflect.apply(attach, host, given) as ShadowRoot;
      observe(tree);
      return tree;
    },
  });
  // What was attached to a host that had long been there.
  window.addEventListener('load', () => search([document]));
}
