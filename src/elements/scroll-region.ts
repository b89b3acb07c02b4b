import { element } from './element';

/** What may be wider than the page, so that it can be scrolled with the keyboard too. */
export function scrollRegion(name: string, className: string, content: Node): HTMLElement {
  return element('div', { class: className, role: 'region', tabindex: '0', 'aria-label': name }, content);
}
