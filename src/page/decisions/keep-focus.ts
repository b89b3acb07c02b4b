import { startPlaying } from '../content/start-playing';
import { takenOver } from '../content/taken-over';

const FOCUSED = 'cookie-gatekeeper:focused';
const PLACE = 'cookie-gatekeeper:place';
const PLACEHOLDER = 'cookie-placeholder';
/** Before the path of what a placeholder stood for. */
const MISSING = '!';
/** What a facade has for pressing it. */
const FOCUSABLE = 'a[href],button,[tabindex]';

/** Remembers over a reload where the focus is: in a placeholder, that is what it stands for. */
export function rememberFocus(): void {
  sessionStorage.removeItem(PLACE);
  const { activeElement } = document;
  const missing = activeElement?.closest(PLACEHOLDER)?.nextElementSibling;
  const focused = missing ?? activeElement;
  if (focused && focused !== document.body) sessionStorage.setItem(FOCUSED, (missing ? MISSING : '') + pathTo(focused));
}

/** Remembers where the page is scrolled to, for a load that is no reload. */
export function rememberPlace(): void {
  sessionStorage.setItem(PLACE, `${scrollY}`);
}

/**
 * Browsers keep the place that was scrolled to over a reload, and not the focus. Where the page has set it meanwhile, that stays. A video
 * that the visitor has asked for plays.
 */
export async function giveFocusBack(): Promise<void> {
  const place = sessionStorage.getItem(PLACE);
  sessionStorage.removeItem(PLACE);
  if (place !== null && scrollY === 0) scrollTo({ top: Number(place), behavior: 'instant' });
  const stored = sessionStorage.getItem(FOCUSED);
  if (stored === null) return;
  sessionStorage.removeItem(FOCUSED);
  await takenOver;
  const path = stored.replace(MISSING, '');
  const element = document.querySelector<HTMLElement>(path);
  if (document.activeElement === document.body) (element ?? facadeAt(path))?.focus({ preventScroll: true });
  if (path !== stored && element?.previousElementSibling?.localName !== PLACEHOLDER)
    startPlaying(element ?? undefined, false);
}

/** What the visitor pressed to get a frame that only comes when it is pressed: it is in a custom element, which is there. */
function facadeAt(path: string): HTMLElement | null | undefined {
  let facade: Element | null = null;
  for (let at = path; !facade && / > /.test(at);)
    facade = document.querySelector((at = at.slice(0, at.lastIndexOf(' > '))));
  if (!facade?.localName.includes('-')) return null;
  return facade.matches(FOCUSABLE)
    ? (facade as HTMLElement)
    : (facade.shadowRoot ?? facade).querySelector<HTMLElement>(FOCUSABLE);
}

/** A selector of this element alone, in a page that is made the same again. */
function pathTo(element: Element): string {
  const { id, localName, parentElement } = element;
  if (id) return `#${CSS.escape(id)}`;
  if (!parentElement) return localName;
  const alike = [...parentElement.children].filter((child) => child.localName === localName);
  return `${pathTo(parentElement)} > ${CSS.escape(localName)}:nth-of-type(${alike.indexOf(element) + 1})`;
}
