import { actionButton } from '../action-button';
import { dataTable } from '../data-table';
import { element, uniqueId } from '../element';
import { scrollRegion } from '../scroll-region';
import { ALL, type Action, type Item, type ItemWords, type Theme } from '../theme';

const OPENED = 'fr-modal--opened';

/**
 * The French State’s design system: the markup and classes of `@gouvfr/dsfr`’s component “consent”, for pages
 * that have its styles. Its script is not needed, and may be there.
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
    const closeButton = element(
      'button',
      {
        class: 'fr-btn--close fr-btn',
        type: 'button',
        autofocus: true,
        'aria-controls': id,
        onclick: () => dialog.close(),
      },
      close,
    );
    const body = element(
      'div',
      { class: 'fr-modal__body' },
      element('div', { class: 'fr-modal__header' }, closeButton),
      element(
        'div',
        { class: 'fr-modal__content' },
        element('h2', { id: titleId, class: 'fr-modal__title' }, title),
        content,
      ),
    );
    const column = element('div', { class: 'fr-col-12 fr-col-md-10 fr-col-lg-8' }, body);
    const grid = element(
      'div',
      { class: 'fr-container fr-container--fluid fr-container-md' },
      element('div', { class: 'fr-grid-row fr-grid-row--center' }, column),
    );
    const dialog = element('dialog', { id, class: `fr-modal ${OPENED}` }, grid);
    // What browsers limit a modal dialog to; the design system’s covers the page.
    Object.assign(dialog.style, { maxWidth: 'none', maxHeight: 'none' });
    stayOpen(dialog);
    return dialog;
  },

  preferences: ({ text, all, items, actions: [acceptAll, refuseAll, save] }) => {
    // Here, all services are accepted or refused with the radio buttons of the header.
    const words = { accept: acceptAll.label, refuse: refuseAll.label, object: '', more: '' };
    const header = service(
      { title: `${all}. ${text}`, name: ALL, need: 'consent', body: [], items: [] },
      words,
      ' fr-consent-manager__header',
    );
    return [
      element(
        'div',
        { class: 'fr-consent-manager' },
        header,
        ...items,
        buttonGroup([save], 'fr-consent-manager__buttons'),
      ),
    ];
  },

  item: (item, words) => service(item, words),

  placeholder: ({ title, body, actions }) =>
    element(
      'div',
      { class: 'fr-consent-placeholder' },
      element('p', { class: 'fr-h6' }, title),
      ...body,
      actions.length > 0 && buttonGroup(actions, 'fr-btns-group--center'),
    ),

  table: (content) => {
    const region = scrollRegion(
      content.caption,
      'fr-table__container',
      element('div', { class: 'fr-table__content' }, dataTable(content)),
    );
    return element(
      'div',
      { class: 'fr-table fr-table--multiline' },
      element('div', { class: 'fr-table__wrapper' }, region),
    );
  },

  alert: (text) => element('p', { class: 'fr-error-text', role: 'alert' }, text),
};

/**
 * The design system’s script hides each modal that it meets, by taking its attribute away, which leaves the page
 * inert under a dialog that nobody sees. A dialog that was closed is not modal any more.
 */
function stayOpen(dialog: HTMLDialogElement): void {
  new MutationObserver(() => {
    if (dialog.open || !dialog.matches(':modal')) return;
    dialog.classList.add(OPENED);
    dialog.showModal();
  }).observe(dialog, { attributeFilter: ['open'] });
}

function buttonGroup(actions: Action[], classes: string): HTMLElement {
  // A lone button is the main one.
  const secondary = ({ kind }: Action) => (kind === 'other' && actions.length > 1 ? ' fr-btn--secondary' : '');
  const buttons = actions.map((action) => element('li', {}, actionButton(action, `fr-btn${secondary(action)}`)));
  return element('ul', { class: `fr-btns-group fr-btns-group--right fr-btns-group--inline-sm ${classes}` }, ...buttons);
}

function service({ title, name, need, body, details, items }: Item, words: ItemWords, classes = ''): HTMLElement {
  const id = uniqueId();
  const [description] = withClass(body, 'fr-consent-service__desc');
  if (description) description.id = `${id}-desc`;
  const inline = items ? '' : ' fr-fieldset--inline';
  const fieldset = element(
    'fieldset',
    {
      class: `fr-fieldset${inline}`,
      role: 'group',
      'aria-labelledby': `${id}-legend${description ? ` ${id}-desc` : ''}`,
    },
    element('legend', { id: `${id}-legend`, class: 'fr-consent-service__title' }, title),
    name && element('div', { class: `fr-consent-service__radios${inline}` }, ...controls(id, name, need, words)),
    ...body,
    details && element('div', { class: 'fr-consent-service__collapse' }, details),
    ...(items?.length ? fold(id, words.more, items) : []),
  );
  return element('div', { class: `fr-consent-service${classes}` }, fieldset);
}

/** A purpose’s services, to unfold. The design system’s script does it where a page has it. */
function fold(id: string, label: string, services: Node[]): HTMLElement[] {
  const folded = element('div', { id: `${id}-collapse`, class: 'fr-consent-services fr-collapse' }, ...services);
  // Where it unfolds from, which the script measures. From the styles’ own, it would be out of sight until the end.
  folded.style.setProperty('--collapse', '0');
  const unfold = () => {
    if ('frJsCollapse' in folded.dataset) return;
    button.setAttribute('aria-expanded', String(folded.classList.toggle('fr-collapse--expanded')));
  };
  const attributes = { 'aria-expanded': 'false', 'aria-describedby': `${id}-legend`, 'aria-controls': folded.id };
  const button = element(
    'button',
    { type: 'button', class: 'fr-consent-service__collapse-btn', ...attributes, onclick: unfold },
    label,
  );
  // Nobody should have to look for an objection.
  if (folded.querySelector('[type=checkbox]')) unfold();
  return [element('div', { class: 'fr-consent-service__collapse' }, button), folded];
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
  return [
    control('radio', 'true', accept, { checked: necessary }),
    control('radio', 'false', refuse, { disabled: necessary }),
  ];
}

function withClass(nodes: HTMLElement[], name: string): HTMLElement[] {
  for (const node of nodes) node.className = name;
  return nodes;
}
