import { builtIn } from '../../dom/built-in';
import { startPlaying } from '../content/start-playing';
import { takenOver } from '../content/taken-over';
import { asItComes } from './as-it-comes';
import { givePlaceBack } from './keep-place';
import { elementAt, pathTo } from './path-to';

const FOCUSED = 'cookie-gatekeeper:focused';
const PLACEHOLDER = 'cookie-placeholder';
/** Where the focus was, over a reload. */
interface Focused {
  path: string;
  /** Of what a placeholder stood for: whether it was there, or came when its facade was pressed. */
  asked?: 'for what is there' | 'for what a facade brings';
}

/** What a facade has for pressing it. */
const FOCUSABLE = 'a[href],button,[tabindex]';

/** Of a path, what leads from an element to what is in it. */
const LAST_STEP = / >+ (?!.* >+ ).*/;

/** Remembers over a reload where the focus is: in a placeholder, that is what it stands for. */
export function rememberFocus(): void {
  const activeElement = focusedElement();
  const placeholder = activeElement?.closest<HTMLElement>(PLACEHOLDER);
  // The site has put it into the facade itself; ours knows an address.
  const isInFacade = !!placeholder && !placeholder.dataset.url && !!placeholder.parentElement?.localName.includes('-');
  const missing = isInFacade ? placeholder : placeholder?.nextElementSibling;
  const focused = missing ?? activeElement;
  if (!focused || focused === builtIn(document).body) return;
  const isFromFacade = isInFacade || 'pressed' in (placeholder?.dataset ?? {});
  const asked = isFromFacade ? 'for what a facade brings' : 'for what is there';
  const kept: Focused = { path: pathTo(focused), ...(missing && { asked }) };
  sessionStorage.setItem(FOCUSED, JSON.stringify(kept));
}

/** Also in open shadow trees. */
function focusedElement(): Element | null {
  let { activeElement } = builtIn(document);
  while (activeElement?.shadowRoot?.activeElement) ({ activeElement } = activeElement.shadowRoot);
  return activeElement;
}

/**
 * Browsers do not keep the focus over a reload. Where the page has set it meanwhile, that stays. A video that the visitor has asked for
 * plays.
 */
export async function giveFocusBack(): Promise<void> {
  // What comes later than the visitor does something is not what they wait for.
  let hasActed = false;
  for (const type of ['pointerdown', 'keydown', 'wheel'])
    window.addEventListener(type, () => (hasActed = true), { once: true, capture: true, passive: true });
  givePlaceBack(() => hasActed);
  const stored = sessionStorage.getItem(FOCUSED);
  if (stored === null) return;
  sessionStorage.removeItem(FOCUSED);
  const focused = JSON.parse(stored) as Focused;
  await takenOver;
  if (!focused.asked) return void giveBack(focused);
  asItComes(() => hasActed || giveBack(focused));
}

/** @returns whether it is there */
function giveBack({ path, asked }: Focused): boolean {
  const found = elementAt(path);
  const element = found?.localName === PLACEHOLDER ? undefined : found;
  const facade = element ? undefined : facadeAt(path);
  const focusable = element ?? facade;
  if (!focusable) return false;
  if (builtIn(document).activeElement === builtIn(document).body) focusable.focus({ preventScroll: true });
  if (asked === 'for what a facade brings') facade?.click();
  if (asked && element && element.previousElementSibling?.localName !== PLACEHOLDER) startPlaying(element, false);
  return true;
}

/** What the visitor pressed to get a frame that only comes when it is pressed: all that can be pressed where the frame was. */
function facadeAt(path: string): HTMLElement | undefined {
  const place = elementAt(path.replace(LAST_STEP, ''));
  if (!place) return undefined;
  const root = place.getRootNode();
  const component = root instanceof ShadowRoot ? root.host : place;
  if (!component.localName.includes('-') || !component.matches(':defined')) return undefined;
  if (place.matches(FOCUSABLE)) return place;
  const controls = [...place.querySelectorAll<HTMLElement>(FOCUSABLE)];
  const [control, ...others] = controls.filter((control) => !control.closest(PLACEHOLDER));
  return others.length === 0 ? control : undefined;
}
