import { dataTable } from '../data-table';
import { element, uniqueId } from '../element';
import { placeholderBox } from '../placeholder-box';
import { scrollRegion } from '../scroll-region';
import type { Item, PreferencesTheme } from '../theme';
import { actionRow, heading, ROOT } from './asking';
import { preferencesStyles } from './preferences-styles';

/** The package’s own look of what is loaded when it is wanted. */
export const ownPreferencesTheme: PreferencesTheme = {
  preferencesStyles,

  placeholder: (content) =>
    placeholderBox(content, { box: ROOT, title: element('strong'), button: ({ kind }) => kind, more: 'other' }),

  dialog: ({ titleId, title, close, content }) => {
    const closeButton = element('button', { type: 'button', autofocus: true, onclick: () => dialog.close() }, close);
    const dialog = element(
      'dialog',
      { class: ROOT },
      element('header', {}, heading(titleId, title), closeButton),
      content,
    );
    return dialog;
  },

  preferences: ({ text, search, items, actions: [acceptAll, refuseAll, save], receipt }) => [
    element(
      'div',
      { class: ROOT },
      element('p', {}, text),
      search && element('label', {}, search.label, search.input, search.found),
      ...items,
      receipt,
      // To confirm what was chosen here is what most are here for.
      actionRow([
        { ...acceptAll, kind: 'other' },
        { ...refuseAll, kind: 'other' },
        { ...save, kind: 'choice' },
      ]),
    ),
  ],

  item: ({ title, count, name, need, body, details, items }, words) => {
    const id = uniqueId();
    const heading = element('strong', { id }, title, count && element('small', {}, count));
    // The name of an exempt one is no label: what is checked is the objection.
    const isLabel = name && need !== 'exempt';
    return element(
      'div',
      { class: 'item', role: 'group', 'aria-labelledby': id },
      isLabel ? label(heading, input(name, need, 'true')) : element('div', { class: 'row' }, heading),
      ...body,
      details,
      name && !isLabel && label(words.object, input(name, need, 'false')),
      ...(items ? services(items, words.more) : []),
    );
  },

  details: ({ body, actions }) => element('div', {}, ...body, actionRow(actions)),

  table: (content) => scrollRegion(content.caption, 'cookie-gatekeeper-table', dataTable(content)),
};

/** A purpose’s services, to unfold. Nobody should have to look for an objection. */
function services(items: HTMLElement[], more: string): Node[] {
  const isObjection = (item: HTMLElement) => !!item.querySelector('[value=false]');
  const rest = items.filter((item) => !isObjection(item));
  return [
    ...items.filter(isObjection),
    ...(rest.length > 0 ? [element('details', {}, element('summary', {}, more), ...rest)] : []),
  ];
}

function input(name: string, need: Item['need'], value: string): HTMLInputElement {
  const necessary = need === 'necessary';
  return element('input', { type: 'checkbox', name, value, checked: necessary, disabled: necessary });
}

function label(text: string | Node, control: HTMLInputElement): HTMLElement {
  return element('label', { class: 'row' }, text, control);
}
