import { element, uniqueId } from '../element';
import type { Action, Item, ItemWords, Theme } from '../theme';

/**
 * The French State’s design system: the markup and classes of `@gouvfr/dsfr`’s component “consent”, for pages
 * that have its styles. Its scripts are not needed, and are not in the way.
 * @see https://www.systeme-de-design.gouv.fr/version-courante/fr/composants/gestionnaire-de-consentement
 */
export const dsfrTheme: Theme = {
  banner: ({ titleId, title, body, actions }) =>
    element(
      'div',
      { class: 'fr-consent-banner' },
      element('h2', { class: 'fr-h6', id: titleId }, title),
      element('div', { class: 'fr-consent-banner__content' }, ...withClass(body, 'fr-text--sm')),
      buttonGroup(actions, 'fr-consent-banner__buttons fr-btns-group--inline-reverse'),
    ),

  dialog: ({ titleId, title, close, content }) => {
    const id = uniqueId();
    const closeButton = element('button', { class: 'fr-btn--close fr-btn', type: 'button', autofocus: true, 'aria-controls': id, onclick: () => dialog.close() }, close);
    const body = element(
      'div',
      { class: 'fr-modal__body' },
      element('div', { class: 'fr-modal__header' }, closeButton),
      element('div', { class: 'fr-modal__content' }, element('h1', { id: titleId, class: 'fr-modal__title' }, title), content),
    );
    const column = element('div', { class: 'fr-col-12 fr-col-md-10 fr-col-lg-8' }, body);
    const grid = element('div', { class: 'fr-container fr-container--fluid fr-container-md' }, element('div', { class: 'fr-grid-row fr-grid-row--center' }, column));
    const dialog = element('dialog', { id, class: 'fr-modal fr-modal--opened' }, grid);
    // What browsers limit a modal dialog to; the design system’s covers the page.
    Object.assign(dialog.style, { maxWidth: 'none', maxHeight: 'none' });
    return dialog;
  },

  preferences: ({ text, all, allWords, items, actions }) => {
    const header = service({ ...all, body: withClass([element('p', {}, text)], 'fr-consent-service__desc') }, allWords, 'fr-consent-manager__header');
    // Here, all services are accepted or refused with the radio buttons of the header.
    const confirm = actions.filter(({ kind }) => kind === 'other');
    return [element('div', { class: 'fr-consent-manager' }, header, ...items, buttonGroup(confirm, 'fr-consent-manager__buttons'))];
  },

  item: (item, words) => service({ ...item, body: withClass(item.body, 'fr-consent-service__desc') }, words),

  placeholder: ({ title, body, actions }) =>
    element('div', { class: 'fr-consent-placeholder' }, element('p', { class: 'fr-h6' }, title), ...body, ...(actions.length > 0 ? [buttonGroup(actions, 'fr-btns-group--center')] : [])),

  table: ({ caption, head, rows }) => {
    const table = element(
      'table',
      {},
      element('caption', {}, caption),
      element('thead', {}, element('tr', {}, ...head.map((text) => element('th', { scope: 'col' }, text)))),
      element('tbody', {}, ...rows.map((cells) => element('tr', {}, ...cells.map((cell) => element('td', {}, cell))))),
    );
    const content = element('div', { class: 'fr-table__content' }, table);
    const container = element('div', { class: 'fr-table__container', role: 'region', tabindex: '0', 'aria-label': caption }, content);
    return element('div', { class: 'fr-table fr-table--multiline' }, element('div', { class: 'fr-table__wrapper' }, container));
  },

  alert: (text) => element('p', { class: 'fr-error-text', role: 'alert' }, text),
};

function buttonGroup(actions: Action[], classes: string): HTMLElement {
  const buttons = actions.map(({ label, kind, act }) => {
    // A lone button is the main one.
    const secondary = kind === 'other' && actions.length > 1 ? ' fr-btn--secondary' : '';
    return element('li', {}, element('button', { type: 'button', class: `fr-btn${secondary}`, onclick: ({ currentTarget }) => act(currentTarget as HTMLElement) }, label));
  });
  return element('ul', { class: `fr-btns-group fr-btns-group--right fr-btns-group--inline-sm ${classes}` }, ...buttons);
}

function service({ title, name, need, body, details, items }: Item, words: ItemWords, classes = ''): HTMLElement {
  const id = uniqueId();
  const [description] = body;
  if (description instanceof HTMLElement) description.id = `${id}-desc`;
  const inline = items ? '' : ' fr-fieldset--inline';
  const fieldset = element(
    'fieldset',
    { class: `fr-fieldset${inline}`, role: 'group', 'aria-labelledby': `${id}-legend${description ? ` ${id}-desc` : ''}` },
    element('legend', { id: `${id}-legend`, class: 'fr-consent-service__title' }, title),
    ...(name ? [element('div', { class: `fr-consent-service__radios${inline}` }, ...controls(id, name, need, words))] : []),
    ...body,
    ...(details ? [element('div', { class: 'fr-consent-service__collapse' }, details)] : []),
    ...(items ? [element('div', { class: 'fr-consent-services' }, ...items)] : []),
  );
  return element('div', { class: `fr-consent-service ${classes}`.trim() }, fieldset);
}

function controls(id: string, name: string, need: Item['need'], { accept, refuse, object }: ItemWords): HTMLElement[] {
  const control = (type: 'radio' | 'checkbox', value: string, label: string, attributes = {}) =>
    element(
      'div',
      { class: `fr-${type}-group` },
      element('input', { type, name, value, id: `${id}-${value}`, ...attributes }),
      element('label', { class: 'fr-label', for: `${id}-${value}` }, label),
    );
  if (need === 'exempt') return [control('checkbox', 'false', object)];
  const necessary = need === 'necessary';
  return [control('radio', 'true', accept, { checked: necessary }), control('radio', 'false', refuse, { disabled: necessary })];
}

function withClass(nodes: Node[], name: string): Node[] {
  for (const node of nodes) if (node instanceof HTMLElement && node.matches('p,ul')) node.className = name;
  return nodes;
}
