import { element } from './element';
import type { SearchField } from './theme';
import type { Words } from './words';

/** A purpose in the preferences, with its services. */
export interface ShownPurpose {
  item: HTMLElement;
  services: HTMLElement[];
}

/** Finds services by what is said about them: shows those alone, unfolded. */
export function searchField({ say }: Words, purposes: ShownPurpose[]): SearchField {
  const found = element('output');
  const search = () => {
    const wanted = plain(input.value.trim());
    keepHeight(purposes, wanted !== '');
    const count = purposes.reduce((sum, purpose) => sum + showMatching(purpose, wanted), 0);
    found.textContent = wanted && say('count', { count: String(count) });
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
  if (wanted && count > 0)
    item.querySelector<HTMLElement>('details:not([open]):has([role=group]) > summary, [aria-expanded=false]')?.click();
  return count;
}

/** Without case and accents, which nobody types to search. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
