import { isLeftByVue } from './left-by-vue';

/** Astro's islands that wait for a moment which comes, until they are taken over. Others may stay as the server has sent them. */
const ISLAND = 'astro-island[ssr]:not([client=media])';

/** What Angular has not taken over yet: https://angular.dev/guide/incremental-hydration. */
const LEFT_BY_ANGULAR = '[ngh],[ngb]';

/** What stands before and behind that which React takes over by itself: https://react.dev/reference/react/Suspense. */
const BOUNDARY_START = /^\$[?!~]?$/;
const BOUNDARY_END = '/$';

/** Vue and Angular do not say what they wait for: that may be a press, for ever. What has been seen for longer is not waited for. */
const SEEN_MS = 3_000;
const seenSince = new WeakMap<Element, number>();

/**
 * Whether a framework has taken over the page, but not yet the part of it that an element stands in: an island, or what waits for its
 * script. It will compare that with what it makes itself, and would throw it away for what somebody else has added.
 */
export function isToBeTakenOver(element: Element): boolean {
  if (element.closest(ISLAND) || isLeftByReact(element)) return true;
  return (!!element.closest(LEFT_BY_ANGULAR) || isLeftByVue(element)) && !isSeenForLong(element);
}

function isSeenForLong(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  if (bottom < 0 || top > innerHeight) return false;
  const now = performance.now();
  if (!seenSince.has(element)) seenSince.set(element, now);
  return now - seenSince.get(element)! > SEEN_MS;
}

/** Whether React has left it for later: it is in a boundary in which nothing is React's yet, of a page that is. */
function isLeftByReact(element: Element): boolean {
  let isInBoundary = false;
  for (let node: Node | null = element; node; node = node.parentNode) {
    if (isReacts(node)) return isInBoundary;
    isInBoundary ||= followsBoundaryStart(node);
  }
  return false;
}

/** React keeps what it knows of a node in the node. */
function isReacts(node: Node): boolean {
  return Object.keys(node).some((key) => /^__react(Fiber|Container)\$/.test(key));
}

function followsBoundaryStart(node: Node): boolean {
  let ended = 0;
  for (let before = node.previousSibling; before; before = before.previousSibling) {
    if (before.nodeType !== Node.COMMENT_NODE) continue;
    if (before.nodeValue === BOUNDARY_END) ended += 1;
    else if (BOUNDARY_START.test(before.nodeValue!) && ended-- === 0) return true;
  }
  return false;
}
