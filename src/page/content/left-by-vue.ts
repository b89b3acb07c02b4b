import { builtIn } from '../../dom/built-in';

/** What Vue keeps of what it has rendered, as far as it is read here: https://github.com/vuejs/core, `VNode` and its component. */
interface VNode {
  el: Node | null;
  /** The last node, where there are several. */
  anchor: Node | null;
  component: { type: object; subTree: VNode | null; asyncDep?: unknown; asyncResolved?: boolean } | null;
  suspense: { activeBranch: VNode | null; pendingBranch: VNode | null } | null;
  children: unknown;
}

/** Whether Vue has left an element for later: it is in a component whose data, or script, or moment has not come yet, of a page that is Vue's. */
export function isLeftByVue(element: Element): boolean {
  try {
    for (let node: Node | null = element; node; node = node.parentNode) {
      const root = (node as { _vnode?: VNode | null })._vnode;
      if (root) return isLeftIn(root, element);
    }
  } catch {
    // Another version of Vue may keep it otherwise.
  }
  return false;
}

function isLeftIn(node: VNode, element: Element): boolean {
  const { el, component, suspense, children } = node;
  // What waits for its data while its page is taken over has rendered nothing of its own.
  const rendered = component?.subTree ?? node;
  if (component && isLeft(component)) return isWithin(element, rendered);
  if (component) return rendered !== node && isLeftIn(rendered, element);
  const branch = suspense && (suspense.activeBranch ?? suspense.pendingBranch);
  if (branch) return isLeftIn(branch, element);
  if (!Array.isArray(children) || (el instanceof Element && !el.contains(element))) return false;
  return children.some((child: unknown) => child instanceof Object && isLeftIn(child as VNode, element));
}

/** Until then, something stands for what the component will render: for an asynchronous one, no component. */
function isLeft({ type, subTree, asyncDep, asyncResolved }: NonNullable<VNode['component']>): boolean {
  return (!!asyncDep && !asyncResolved) || ('__asyncLoader' in type && !subTree?.component);
}

function isWithin(element: Element, { el, anchor }: VNode): boolean {
  if (!el) return false;
  const range = builtIn(document).createRange();
  range.setStartBefore(el);
  range.setEndAfter(anchor ?? el);
  return range.intersectsNode(element);
}
