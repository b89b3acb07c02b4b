import { actionButton } from './action-button';
import { element } from './element';
import type { Action, PlaceholderContent } from './theme';

/** The theme’s part in it. */
interface Look {
  /** Class of it all. */
  box: string;
  /** What the title stands in. */
  title: HTMLElement;
  /** Classes of a button. */
  button(action: Action): string;
  /** Classes of the button that opens the details. */
  more: string;
}

/** A placeholder as `placeholderStyles` lays it out: what is missing and whose it is, and what to do about it. */
export function placeholderBox({ title, text, link, actions, more }: PlaceholderContent, look: Look): HTMLElement {
  look.title.append(title);
  const controls = [
    ...(link ? [link] : []),
    ...actions.map((action) => actionButton(action, look.button(action))),
    ...(more ? [actionButton(more, `${look.more} cookie-gatekeeper-more`)] : []),
  ];
  // A form around it is the site's.
  for (const control of controls) if (control.localName === 'button') control.setAttribute('form', '');
  return element(
    'div',
    { class: look.box },
    look.title,
    element('p', { class: 'cookie-gatekeeper-text' }, text),
    controls.length > 0 && element('div', { class: 'cookie-gatekeeper-row' }, ...controls),
  );
}
