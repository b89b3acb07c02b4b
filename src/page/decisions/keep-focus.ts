import { takenOver } from '../content/taken-over';

const FOCUSED = 'cookie-gatekeeper:focused';

/** Remembers over a reload where the focus is: in a placeholder, that is what it stands for. */
export function rememberFocus(): void {
  const { activeElement } = document;
  const focused = activeElement?.closest('cookie-placeholder')?.nextElementSibling ?? activeElement;
  if (focused && focused !== document.body) sessionStorage.setItem(FOCUSED, pathTo(focused));
}

/** Browsers keep the place that was scrolled to, and not the focus. Where the page has set it meanwhile, that stays. */
export async function giveFocusBack(): Promise<void> {
  const path = sessionStorage.getItem(FOCUSED);
  if (path === null) return;
  sessionStorage.removeItem(FOCUSED);
  await takenOver;
  if (document.activeElement === document.body)
    document.querySelector<HTMLElement>(path)?.focus({ preventScroll: true });
}

/** A selector of this element alone, in a page that is made the same again. */
function pathTo(element: Element): string {
  const { id, localName, parentElement } = element;
  if (id) return `#${CSS.escape(id)}`;
  if (!parentElement) return localName;
  const alike = [...parentElement.children].filter((child) => child.localName === localName);
  return `${pathTo(parentElement)} > ${CSS.escape(localName)}:nth-of-type(${alike.indexOf(element) + 1})`;
}
