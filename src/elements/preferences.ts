import type { Choices } from '../consent/record';
import type { ServiceId } from '../compiled-policy/compiled-policy';
import { withErrorNotice } from './with-error-notice';
import { element, paragraphs, setAttributes } from './element';
import { shownTo, wordsFor, type Interface } from './interface';
import { receiptLink } from './receipt-link';
import { searchField, type ShownPurpose } from './search-field';
import { serviceFacts } from './service-facts';
import { purposesOf, type Purpose, type ShownService } from './shown-policy';
import type { WholeInterface } from './start-preferences';
import { ALL, type Item, type ItemWords, type Theme } from './theme';
import type { Words } from './words';

/** The event that the preferences send when a choice has been recorded. It bubbles. */
export const SAVED = 'cookie-preferences-saved';

/** Where there are as many services, they can be searched. */
const MANY = 15;

const nameOf = { service: (id: ServiceId) => `service:${id}`, purpose: (purpose: string) => `purpose:${purpose}` };

/** `<cookie-preferences>`: every service and every purpose, and what the visitor says to it. */
export function connectPreferences(ui: WholeInterface, host: HTMLElement): () => void {
  const { gatekeeper, policy, theme } = ui;
  const words = wordsFor(ui);
  const { say } = words;
  const shown = shownTo(ui, words);
  const form = element('form', { onsubmit: (event) => event.preventDefault() });
  const decide = (choose: () => Promise<unknown>) => async (button: HTMLElement) => {
    ui.isInPlace = false;
    const isDone = await withErrorNotice(ui, button.closest<HTMLElement>('ul,div')!, choose);
    if (isDone) form.dispatchEvent(new CustomEvent(SAVED, { bubbles: true }));
    return isDone;
  };
  const actions: Parameters<Theme['preferences']>[0]['actions'] = [
    { label: say('acceptAll'), kind: 'choice', act: decide(() => gatekeeper.acceptAll(shown)) },
    { label: say('refuseAll'), kind: 'choice', act: decide(() => gatekeeper.refuseAll(shown)) },
    {
      label: say('save'),
      kind: 'other',
      act: decide(() => gatekeeper.set(answers(gatekeeper, chosen(form, policy.services)), shown)),
    },
  ];
  const purposes = purposesOf(policy.services).map((purpose) => purposeItem(ui, words, purpose));
  const receipt = receiptLink(words);
  form.append(
    ...theme.preferences({
      text: say('preferencesText'),
      all: say('all'),
      search: policy.services.length >= MANY ? searchField(words, purposes) : undefined,
      items: purposes.map(({ item }) => item),
      actions,
      receipt: receipt.link,
    }),
  );
  form.addEventListener('change', ({ target }) => {
    spread(form, policy.services, target as HTMLInputElement);
    sumUp(form, policy.services);
  });

  const update = () => {
    const { standings } = gatekeeper.consent;
    // Exempt statistics are held back too while the record cannot be read, which is nobody's objection. What is allowed
    // for once is not chosen: confirmed unread, it would be allowed for good.
    for (const { id, need } of policy.services) {
      const isChosen = gatekeeper.allows(id) && standings[id] !== 'once';
      show(form, nameOf.service(id), need === 'exempt' ? standings[id] !== 'objected' : isChosen);
    }
    sumUp(form, policy.services);
    receipt.show(gatekeeper.receipt());
  };
  // In another language, what was chosen and not yet confirmed stays.
  const earlier = host.querySelector('form');
  const unsaved = earlier ? chosen(earlier, policy.services) : {};
  const showUnsaved = () => {
    for (const [id, choice] of Object.entries(unsaved)) show(form, nameOf.service(id), choice);
    sumUp(form, policy.services);
  };
  setAttributes(host, words.attributes);
  host.replaceChildren(form);
  // At once, too: it may be shown again before anything that waits.
  showUnsaved();
  gatekeeper.addEventListener('consentchange', update);
  void gatekeeper.ready.then(() => {
    update();
    showUnsaved();
  });
  return () => gatekeeper.removeEventListener('consentchange', update);
}

function purposeItem({ theme }: WholeInterface, words: Words, { purpose, services }: Purpose): ShownPurpose {
  const { title, text } = words.purpose(purpose);
  const { say } = words;
  const itemWords: ItemWords = {
    accept: say('accept'),
    refuse: say('refuse'),
    object: say('object'),
    more: say('more'),
  };
  const necessary = services.every(({ need }) => need === 'necessary');
  const name = necessary || askable(services).length > 0 ? nameOf.purpose(purpose) : undefined;
  const items = services.map((service) => theme.item(serviceItem(words, service), itemWords));
  const item = theme.item(
    {
      title,
      count: say('count', { count: String(services.length) }),
      name,
      need: necessary ? 'necessary' : 'consent',
      body: paragraphs(text, necessary ? say('always') : ''),
      items,
    },
    itemWords,
  );
  return { item, services: items };
}

function serviceItem(words: Words, service: ShownService): Item {
  const { text, say } = words;
  const { id, name, provider, need, description } = service;
  const facts = serviceFacts(words, service);
  return {
    title: text(name),
    name: need === 'necessary' ? undefined : nameOf.service(id),
    need,
    body: paragraphs(
      text(provider) === text(name) ? '' : text(provider),
      text(description),
      need === 'exempt' ? say('exempt') : '',
    ),
    details: facts.length > 0 ? element('details', {}, element('summary', {}, say('details')), ...facts) : undefined,
  };
}

/** The services that a yes to their purpose covers. Exempt ones need none; they are objected to one by one. */
function askable(services: ShownService[]): ShownService[] {
  return services.filter(({ need }) => need === 'consent');
}

/** @param choice undefined for neither */
function show(form: HTMLFormElement, name: string, choice: boolean | undefined): void {
  for (const input of form.querySelectorAll<HTMLInputElement>(`[name="${name}"]`)) {
    input.checked = input.value === String(choice);
    input.indeterminate = choice === undefined;
  }
}

/** A yes or no to a purpose, or to all, is one to each of its services. */
function spread(form: HTMLFormElement, services: ShownService[], { name, value, checked }: HTMLInputElement): void {
  const choice = checked === (value === 'true');
  for (const { id, purpose } of askable(services)) {
    if (name === ALL || name === nameOf.purpose(purpose)) show(form, nameOf.service(id), choice);
  }
}

/** Shows for each purpose, and for all, what its services have in common. */
function sumUp(form: HTMLFormElement, services: ShownService[]): void {
  const choices = chosen(form, services);
  const common = (some: ShownService[]) => {
    const [choice, other] = new Set(some.map(({ id }) => choices[id]));
    return other === undefined ? choice : undefined;
  };
  for (const purpose of new Set(askable(services).map(({ purpose }) => purpose))) {
    show(form, nameOf.purpose(purpose), common(askable(services).filter((service) => service.purpose === purpose)));
  }
  show(form, ALL, common(askable(services)));
}

/** What the visitor has said: not to have objected to what runs without being asked is no answer. */
function answers({ consent: { standings } }: Interface['gatekeeper'], choices: Choices): Choices {
  return Object.fromEntries(Object.entries(choices).filter(([id, choice]) => !choice || standings[id] !== 'exempt'));
}

/** What the form says, for every service that is not necessary. */
function chosen(form: HTMLFormElement, services: ShownService[]): Choices {
  const said = new FormData(form);
  const optional = services.filter(({ need }) => need !== 'necessary');
  return Object.fromEntries(
    optional.map(({ id, need }) => [id, (said.get(nameOf.service(id)) ?? String(need === 'exempt')) === 'true']),
  );
}
