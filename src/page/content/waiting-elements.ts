import { EMBEDDED, INERT } from '../document/inert-markup';
import { watchElements } from './watch-elements';

/** What in this page may have to wait for consent: inert markup, and what embeds other documents. */
export class WaitingElements {
  /** Some of it may have gone from the page. */
  readonly elements = new Set<HTMLElement>();
  /** Whether something may have been refused before this script could see it. */
  readonly isLate = !!document.querySelector(EMBEDDED);

  /** @param found called when there is more. @param embeds whether some of that embeds other documents */
  watch(found: (embeds: boolean) => void): void {
    watchElements<HTMLElement>(`${INERT},${EMBEDDED}`, (added) => {
      for (const element of this.elements) if (!element.isConnected) this.elements.delete(element);
      for (const element of added) this.elements.add(element);
      found(added.some((element) => element.matches(EMBEDDED)));
    });
  }

  /** Whether there is inert markup. @param selector of some of it */
  hasInert(selector = '*'): boolean {
    return [...this.elements].some(
      (element) => element.isConnected && element.matches(INERT) && element.matches(selector),
    );
  }
}
