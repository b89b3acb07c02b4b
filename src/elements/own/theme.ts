import { actionButton } from '../action-button';
import { dataTable } from '../data-table';
import { element } from '../element';
import { scrollRegion } from '../scroll-region';
import type { Action, Item, ItemWords, Theme } from '../theme';
import { styles } from './styles';

const ROOT = 'cookie-gatekeeper';

/** The package’s own look: `styles`, with custom properties to change it. */
export const ownTheme: Theme = {
  styles,

  banner: ({ titleId, title, body, actions }) =>
    element(
      'div',
      { class: `${ROOT} cookie-gatekeeper-banner` },
      element('h2', { id: titleId }, title),
      ...body,
      actionRow(actions),
    ),

  dialog: ({ titleId, title, close, content }) => {
    const closeButton = element('button', { type: 'button', autofocus: true, onclick: () => dialog.close() }, close);
    const dialog = element(
      'dialog',
      { class: ROOT },
      element('header', {}, element('h2', { id: titleId }, title), closeButton),
      content,
    );
    return dialog;
  },

  preferences: ({ text, items, actions }) => [
    element('div', { class: ROOT }, element('p', {}, text), ...items, actionRow(actions)),
  ],

  item: ({ title, name, need, body, details, items }, words) => {
    const heading = need === 'exempt' || !name ? element('strong', {}, title) : label(title, input(name, need, 'true'));
    if (items) return element('fieldset', {}, element('legend', {}, heading), ...body, ...items);
    // The name of an exempt one is no label: what is checked is the objection.
    const group = need === 'exempt' ? { role: 'group', 'aria-label': title } : {};
    return element(
      'div',
      { class: 'service', ...group },
      heading,
      ...body,
      details,
      need === 'exempt' && name && label(words.object, input(name, need, 'false')),
    );
  },

  placeholder: ({ title, body, actions }) =>
    element('div', { class: ROOT }, element('strong', {}, title), actions.length > 0 && actionRow(actions), ...body),

  table: (content) => scrollRegion(content.caption, 'cookie-gatekeeper-table', dataTable(content)),

  alert: (text) => element('p', { role: 'alert' }, text),
};

function actionRow(actions: Action[]): HTMLElement {
  return element('div', { class: 'actions' }, ...actions.map((action) => actionButton(action, action.kind)));
}

function input(name: string, need: Item['need'], value: string): HTMLInputElement {
  const necessary = need === 'necessary';
  return element('input', { type: 'checkbox', name, value, checked: necessary, disabled: necessary });
}

function label(text: ItemWords['object'], control: HTMLInputElement): HTMLElement {
  return element('label', {}, control, ` ${text}`);
}
