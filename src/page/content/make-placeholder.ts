import { builtIn } from '../../dom/built-in';
import { serviceOf, type ServiceId, type CompiledService } from '../../compiled-policy/compiled-policy';
import type { Opens } from '../decisions/reopening';
import type { PageContext } from '../page-context';

const ALLOW: Record<string, string> = { en: 'Allow', fr: 'Autoriser' };
const LOAD_AGAIN: Record<string, string> = { en: 'Load the page again', fr: 'Recharger la page' };
/** Presses, and what they are made of. */
const PRESSES = [
  ...['click', 'auxclick', 'dblclick', 'contextmenu', 'pointerdown', 'pointerup', 'mousedown', 'mouseup'],
  ...['touchstart', 'touchmove', 'touchend', 'keydown', 'keyup'],
];
/** Keys that lead out of a placeholder, and out of a dialog around it. */
const LEAVING = ['Tab', 'Escape'];

/** What is not there: its address, and the service; undefined for what the policy does not declare, which cannot be allowed. */
export interface Missing {
  url: string;
  service: ServiceId | undefined;
}

/**
 * A placeholder of something that is missing: what it is, and what to press to see it.
 * @param opens how it comes to a page that is closed to it, where it is allowed
 */
export function makePlaceholder(
  { policy, gatekeeper }: PageContext,
  { url, service: id }: Missing,
  element: HTMLElement,
  opens: Opens | undefined,
): HTMLElement {
  const { host } = new URL(url);
  const service = serviceOf(policy, id);
  const placeholder = builtIn(document).createElement('cookie-placeholder');
  const poster = element.getAttribute('poster') ?? element.dataset.poster;
  Object.assign(placeholder.dataset, { host, url }, service && { service: service.id }, opens && { opens });
  if (poster) placeholder.dataset.poster = poster;
  placeholder.slot = element.slot; // A component shows what is in a slot of its own only.
  for (const type of PRESSES) placeholder.addEventListener(type, keepWithin, { passive: true });
  placeholder.append(service ? nameOf(service) : host);
  if (service) placeholder.append(' ', wayTo(service.id));
  return placeholder;

  function wayTo(service: ServiceId): HTMLElement {
    if (opens === 'elsewhere') return linkTo(url);
    if (opens) return button(LOAD_AGAIN, () => gatekeeper.reopen());
    return button(ALLOW, () => gatekeeper.set({ [service]: true }));
  }
}

/** In a frame, the page would not hear of it: a card around it would lead elsewhere, a carousel catch the pointer. */
function keepWithin(event: Event): void {
  if (!LEAVING.includes((event as KeyboardEvent).key)) event.stopPropagation();
}

function nameOf({ name }: CompiledService): string {
  return typeof name === 'string' ? name : (name[language()] ?? Object.values(name)[0]!);
}

function button(label: Record<string, string>, act: () => Promise<unknown>): HTMLElement {
  const button = builtIn(document).createElement('button');
  button.setAttribute('form', ''); // A form around it is the site's: it neither has nor sends it.
  button.textContent = label[language()] ?? label['en']!;
  button.onclick = () => void act().catch((error: unknown) => console.error(error));
  return button;
}

function linkTo(url: string): HTMLElement {
  return Object.assign(builtIn(document).createElement('a'), {
    href: url,
    target: '_blank',
    rel: 'noreferrer',
    textContent: new URL(url).host,
  });
}

function language(): string {
  return builtIn(document).documentElement.lang.slice(0, 2);
}
