import { actionButton } from '../action-button';
import { element } from '../element';
import type { Action, AskingTheme } from '../theme';
import { askingStyles } from './asking-styles';

/** The design system’s markup, as far as it asks. */
export const dsfrAskingTheme: AskingTheme = {
  styles: askingStyles,

  banner: ({ titleId, title, body, actions }) =>
    element(
      'div',
      { class: 'fr-consent-banner' },
      element('h2', { class: 'fr-h6', id: titleId }, title),
      element('div', { class: 'fr-consent-banner__content' }, ...withClass(body, 'fr-text--sm')),
      buttonGroup(actions, 'fr-consent-banner__buttons fr-btns-group--inline-reverse'),
    ),

  alert: (text) => element('p', { class: 'fr-error-text', role: 'alert' }, text),
};

export function buttonGroup(actions: Action[], classes: string): HTMLElement {
  // A lone button is the main one.
  const secondary = ({ kind }: Action) => (kind === 'other' && actions.length > 1 ? ' fr-btn--secondary' : '');
  const buttons = actions.map((action) => element('li', {}, actionButton(action, `fr-btn${secondary(action)}`)));
  return element('ul', { class: `fr-btns-group fr-btns-group--right fr-btns-group--inline-sm ${classes}` }, ...buttons);
}

export function withClass(nodes: HTMLElement[], name: string): HTMLElement[] {
  for (const node of nodes) node.className = name;
  return nodes;
}
