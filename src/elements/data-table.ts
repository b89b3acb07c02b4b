import { element } from './element';
import type { TableContent } from './theme';

/** A table with a head and a caption, as every theme shows it. */
export function dataTable({ caption, head, rows }: TableContent): HTMLTableElement {
  return element(
    'table',
    {},
    element('caption', {}, caption),
    element('thead', {}, element('tr', {}, ...head.map((text) => element('th', { scope: 'col' }, text)))),
    element('tbody', {}, ...rows.map((cells) => element('tr', {}, ...cells.map((cell) => element('td', {}, cell))))),
  );
}
