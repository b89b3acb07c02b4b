import { dataTable } from '../data-table';
import { element, uniqueId } from '../element';
import { placeholderBox } from '../placeholder-box';
import { scrollRegion } from '../scroll-region';
import { ALL, type Item, type ItemWords, type PreferencesTheme, type SearchField } from '../theme';
import { buttonGroup, withClass } from './asking';
import { preferencesStyles } from './preferences-styles';

const OPENED = 'fr-modal--opened';

/** The design system’s markup of what is loaded when it is wanted. */
export const dsfrPreferencesTheme: PreferencesTheme = {
  preferencesStyles,

  placeholder: (content) =>
    placeholderBox(content, {
      box: 'fr-consent-placeholder',
      title: element('p', { class: 'fr-h6' }),
      button: () => 'fr-btn',
      more: 'fr-btn fr-btn--tertiary',
    }),

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

  preferences: ({ text, all, search, items, actions: [acceptAll, refuseAll, save], receipt }) => {
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
        search && searchField(search),
        ...items,
        receipt && withClass([receipt], 'fr-link')[0],
        buttonGroup([save], 'fr-consent-manager__buttons'),
      ),
    ];
  },

  item: (item, words) => service(item, words),

  details: ({ body, actions }) => element('div', {}, ...body, buttonGroup(actions, 'fr-consent-manager__buttons')),

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

function service(
  { title, count, name, need, body, details, items }: Item,
  words: ItemWords,
  classes = '',
): HTMLElement {
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
    element('legend', { id: `${id}-legend`, class: 'fr-consent-service__title' }, title, count && ` – ${count}`),
    name && element('div', { class: `fr-consent-service__radios${inline}` }, ...controls(id, name, need, words)),
    ...body,
    details && element('div', { class: 'fr-consent-service__collapse' }, details),
    // Nobody should have to look for an objection.
    ...(items?.filter(isObjection) ?? []),
    ...fold(id, words.more, items?.filter((item) => !isObjection(item)) ?? []),
  );
  return element('div', { class: `fr-consent-service${classes}` }, fieldset);
}

function isObjection(item: HTMLElement): boolean {
  return !!item.querySelector('[type=checkbox]');
}

/** A purpose’s services, to unfold. The design system’s script does it where a page has it. */
function fold(id: string, label: string, services: Node[]): HTMLElement[] {
  if (services.length === 0) return [];
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

function searchField({ label, input, found }: SearchField): HTMLElement {
  input.className = 'fr-input';
  found.className = 'fr-hint-text';
  return element('div', { class: 'fr-input-group' }, element('label', { class: 'fr-label' }, label, input), found);
}
