import { element } from '../element';
import type { Action, Item, ItemWords, Theme } from '../theme';
import { styles } from './styles';

const ROOT = 'cookie-gatekeeper';

/** The package’s own look: `styles`, with custom properties to change it. */
export const ownTheme: Theme = {
  styles,

  banner: ({ titleId, title, body, actions }) =>
    element('div', { class: `${ROOT} cookie-gatekeeper-banner` }, element('h2', { id: titleId }, title), ...body, actionRow(actions)),

  dialog: ({ titleId, title, close, content }) => {
    const closeButton = element('button', { type: 'button', autofocus: true, onclick: () => dialog.close() }, close);
    const dialog = element('dialog', { class: ROOT }, element('header', {}, element('h2', { id: titleId }, title), closeButton), content);
    return dialog;
  },

  preferences: ({ text, items, actions }) => [element('div', { class: ROOT }, element('p', {}, text), ...items, actionRow(actions))],

  item: ({ title, name, need, body, details, items }, words) => {
    const heading = need === 'exempt' || !name ? element('strong', {}, title) : label(title, input(name, need, 'true'));
    if (items) return element('fieldset', {}, element('legend', {}, heading), ...body, ...items);
    const objection = need === 'exempt' && name ? [label(words.object, input(name, need, 'false'))] : [];
    return element('div', { class: 'service' }, heading, ...body, ...(details ? [details] : []), ...objection);
  },

  placeholder: ({ title, body, actions }) =>
    element('div', { class: ROOT }, element('strong', {}, title), ...(actions.length > 0 ? [actionRow(actions)] : []), ...body),

  table: ({ caption, head, rows }) => {
    const table = element(
      'table',
      {},
      element('caption', {}, caption),
      element('thead', {}, element('tr', {}, ...head.map((text) => element('th', { scope: 'col' }, text)))),
      element('tbody', {}, ...rows.map((cells) => element('tr', {}, ...cells.map((cell) => element('td', {}, cell))))),
    );
    return element('div', { class: 'cookie-gatekeeper-table', role: 'region', tabindex: '0', 'aria-label': caption }, table);
  },

  alert: (text) => element('p', { role: 'alert' }, text),
};

function actionRow(actions: Action[]): HTMLElement {
  const buttons = actions.map(({ label, kind, act }) => element('button', { type: 'button', class: kind, onclick: ({ currentTarget }) => act(currentTarget as HTMLElement) }, label));
  return element('div', { class: 'actions' }, ...buttons);
}

function input(name: string, need: Item['need'], value: string): HTMLInputElement {
  const necessary = need === 'necessary';
  return element('input', { type: 'checkbox', name, value, checked: necessary, disabled: necessary });
}

function label(text: ItemWords['object'], control: HTMLInputElement): HTMLElement {
  return element('label', {}, control, ` ${text}`);
}
