import { builtIn } from '../../dom/built-in';
import { EMBEDDED, INERT } from '../document/inert-markup';
import { SEARCH_LINK } from './search-links';
import { watchElements } from './watch-elements';

/** What in this page may have to wait for consent: inert markup, and what embeds other documents. */
export class WaitingElements {
  /** Some of it may have gone from the page. */
  readonly elements = new Set<HTMLElement>();
  /** Whether something may have been refused before this script could see it. */
  readonly isLate = !!builtIn(document).querySelector(EMBEDDED);

  /** @param found called with what is new, and with search descriptions, which have to wait as well */
  watch(found: (added: HTMLElement[]) => void): void {
    watchElements<HTMLElement>(`${INERT},${EMBEDDED},${SEARCH_LINK}`, (added) => {
      for (const element of this.elements) if (!element.isConnected) this.elements.delete(element);
      for (const element of added) this.elements.add(element);
      found(added);
    });
  }

  /** Whether there is inert markup. @param selector of some of it */
  hasInert(selector = '*'): boolean {
    return [...this.elements].some(
      (element) => element.isConnected && element.matches(INERT) && element.matches(selector),
    );
  }
}
