import { actionButton } from '../action-button';
import { element } from '../element';
import type { Action, AskingTheme } from '../theme';
import { askingStyles } from './asking-styles';

export const ROOT = 'cookie-gatekeeper';

/** The package’s own look, as far as it asks. */
export const ownAskingTheme: AskingTheme = {
  styles: askingStyles,

  banner: ({ titleId, title, body, actions }) =>
    element('div', { class: `${ROOT} cookie-gatekeeper-banner` }, heading(titleId, title), ...body, actionRow(actions)),

  alert: (text) => element('p', { role: 'alert' }, text),
};

/** No `<h2>`: a site that makes a table of contents from its own would have ours in it. */
export function heading(id: string, title: string): HTMLElement {
  return element('div', { id, role: 'heading', 'aria-level': '2' }, title);
}

export function actionRow(actions: Action[]): HTMLElement {
  return element('div', { class: 'actions' }, ...actions.map((action) => actionButton(action, action.kind)));
}
