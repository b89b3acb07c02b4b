import { builtIn } from '../../dom/built-in';

/** A document, or an open shadow tree in it. */
export type Tree = Document | ShadowRoot;

/**
 * The page's document, and all that its scripts reach inside it: open shadow trees, and the documents of frames that are
 * the site's own. Each of these documents has a copy of the policy that the page had when it was made.
 */
export function documentTrees(root: Tree): Tree[] {
  const inner = [...builtIn(root).querySelectorAll<HTMLIFrameElement>('*')].flatMap(
    ({ shadowRoot, contentDocument }) => shadowRoot ?? contentDocument ?? [],
  );
  return [root, ...inner.flatMap(documentTrees)];
}
