import { builtIn } from '../../dom/built-in';
import { documentTrees } from '../content/document-trees';
import { asItComes } from './as-it-comes';
import { elementAt, pathTo } from './path-to';

const PLACE = 'cookie-gatekeeper:place';

/** Where the visitor was in a page. */
interface Place {
  /** Of the page, without what follows a hash. */
  address: string;
  scrolled: Scrolled[];
}

interface Scrolled {
  path: string;
  left: number;
  top: number;
  /** How far it was scrolled back until now. */
  reached?: [left: number, top: number];
}

/**
 * Remembers where the page, and what is in it, is scrolled to.
 * @param isAfresh whether it is loaded by no reload: after one, browsers scroll the page itself, though nothing that is in it
 */
export function rememberPlace(isAfresh: boolean): void {
  const scrolled = documentTrees(document)
    .filter((tree) => tree === document || tree instanceof ShadowRoot)
    .flatMap((tree) => [...builtIn(tree).querySelectorAll('*')])
    .filter((element) => isAfresh || element !== builtIn(document).scrollingElement)
    .map((element) => ({ element, left: element.scrollLeft, top: element.scrollTop }))
    .filter(({ left, top }) => left !== 0 || top !== 0)
    .map(({ element, left, top }): Scrolled => ({ path: pathTo(element), left, top }));
  sessionStorage.setItem(PLACE, JSON.stringify({ address: address(), scrolled } satisfies Place));
}

/** Scrolls to where the visitor was, as far as nobody has scrolled meanwhile. What a script makes comes later, and grows. */
export function givePlaceBack(hasActed: () => boolean): void {
  const stored = sessionStorage.getItem(PLACE);
  sessionStorage.removeItem(PLACE);
  const place = JSON.parse(stored ?? 'null') as Place | null;
  if (place?.address !== address()) return;
  let waiting = place.scrolled;
  asItComes(() => {
    waiting = hasActed() ? [] : waiting.filter((scrolled) => !scrollBack(scrolled));
    return waiting.length === 0;
  });
}

/** As far as there is something to scroll to yet. @returns whether it is done, or somebody else has scrolled it */
function scrollBack(scrolled: Scrolled): boolean {
  const { path, left, top, reached = [0, 0] } = scrolled;
  const element = elementAt(path);
  if (!element) return false;
  if (!isAt(element, reached)) return true;
  element.scrollTo({ left, top, behavior: 'instant' });
  scrolled.reached = [element.scrollLeft, element.scrollTop];
  return isAt(element, [left, top]);
}

/** To the pixel: browsers round. */
function isAt({ scrollLeft, scrollTop }: Element, [left, top]: [number, number]): boolean {
  return Math.abs(scrollLeft - left) <= 1 && Math.abs(scrollTop - top) <= 1;
}

function address(): string {
  return location.href.replace(/#.*/, '');
}

/** The page is loaded again without a place to begin at. */
export function forgetPlace(): void {
  sessionStorage.removeItem(PLACE);
}
