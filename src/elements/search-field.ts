import { element } from './element';
import type { SearchField } from './theme';
import type { Words } from './words';

/** A purpose in the preferences, with its services. */
export interface ShownPurpose {
  item: HTMLElement;
  services: HTMLElement[];
}

/** What unfolds a purpose's services: the design system's button, or a summary. */
const FOLD = '[aria-expanded], details:has([role=group]) > summary';
const FOLDED = '[aria-expanded=false], details:not([open]) > summary';

/** Finds services by what is said about them: shows those alone, unfolded, until nothing is searched any more. */
export function searchField({ say }: Words, purposes: ShownPurpose[]): SearchField {
  const found = element('output');
  const unfolded = new Set<HTMLElement>();
  const search = () => {
    const wanted = plain(input.value.trim());
    keepHeight(purposes, wanted !== '');
    const count = purposes.reduce((sum, purpose) => sum + showMatching(purpose, wanted), 0);
    if (wanted) unfold(purposes, unfolded);
    else foldAgain(unfolded);
    const sentence = count > 0 ? say('count', { count: String(count) }) : say('foundNone');
    found.textContent = wanted && sentence;
  };
  const input = element('input', { type: 'search', oninput: search });
  return { label: say('search'), input, found };
}

/** What is typed into stays where it is: what surrounds it is centred, and would grow and shrink with what is found. */
function keepHeight([first]: ShownPurpose[], isSearching: boolean): void {
  const list = first?.item.parentElement;
  if (!list || isSearching === (list.style.minHeight !== '')) return;
  list.style.minHeight = isSearching ? `${list.offsetHeight}px` : '';
}

/** @returns how many of a purpose’s services match */
function showMatching({ item, services }: ShownPurpose, wanted: string): number {
  for (const service of services) service.hidden = !plain(service.textContent).includes(wanted);
  const count = services.filter(({ hidden }) => !hidden).length;
  item.hidden = count === 0;
  return count;
}

function unfold(purposes: ShownPurpose[], unfolded: Set<HTMLElement>): void {
  for (const { item } of purposes.filter(({ item }) => !item.hidden)) {
    const fold = item.querySelector<HTMLElement>(FOLD);
    if (!fold?.matches(FOLDED)) continue;
    fold.click();
    unfolded.add(fold);
  }
}

/** What the visitor has folded meanwhile stays so. */
function foldAgain(unfolded: Set<HTMLElement>): void {
  for (const fold of unfolded) if (!fold.matches(FOLDED)) fold.click();
  unfolded.clear();
}

/** Without case and accents, which nobody types to search. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
