import { builtIn } from '../../dom/built-in';
import { EMBEDDED } from './inert-markup';

/**
 * Ends the documents in this page's frames at once, and loads them again under the policy that the page has now. The
 * elements stay the same, where they are.
 * @param elements those of the page, in its shadow trees too, and others
 */
export function startFramesAnew(elements: Iterable<Element>): void {
  for (const element of elements) {
    if (!element.isConnected || !element.matches(EMBEDDED)) continue;
    const place = builtIn(document).createComment('');
    element.replaceWith(place);
    place.replaceWith(element);
  }
}
