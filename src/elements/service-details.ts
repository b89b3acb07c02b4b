import type { ServiceId } from '../compiled-policy/compiled-policy';
import { element, paragraphs } from './element';
import { wordsFor } from './interface';
import { openDialog } from './open-dialog';
import { openPreferences } from './preferences-dialog';
import { FACTS, type FactKey, type ShownService } from './shown-policy';
import type { WholeInterface } from './start-preferences';
import type { Action } from './theme';
import type { Words } from './words';

/** What a placeholder says and offers. */
export interface Details {
  text: string;
  actions: Action[];
}

/**
 * Opens all that there is to say about a service, with what its placeholder offers, in a dialog.
 * @param offer what the placeholder says, in the visitor’s language
 * @param otherwise what to do when the opener has gone
 */
export function openDetails(
  ui: WholeInterface,
  opener: HTMLElement,
  id: ServiceId,
  { offer, otherwise }: { offer(words: Words): Details; otherwise(): void },
): void {
  const service = ui.policy.services.find((service) => service.id === id)!;
  const describe = () => {
    const words = wordsFor(ui);
    const { text, actions } = offer(words);
    const content = ui.theme.details({
      body: [
        ...paragraphs(words.text(service.description), text, words.say('placeholderDetails')),
        ...serviceFacts(words, service),
      ],
      actions: [
        ...actions.map((action) => ({ ...action, act: (button: HTMLElement) => done(action.act(button)) })),
        { label: words.say('preferencesTitle'), kind: 'other', act: () => instead() },
      ],
    });
    return { title: words.text(service.name), content };
  };
  const close = openDialog(ui, opener, describe, otherwise);
  const done = async (acting: ReturnType<Action['act']>) => {
    const isDone = !!(await acting);
    if (isDone) close();
    return isDone;
  };
  const instead = () => {
    close();
    openPreferences(ui, opener);
  };
}

/** What is stated about a service’s cookies, and about the processing of data. */
export function serviceFacts({ text, say }: Words, service: ShownService): HTMLElement[] {
  const { cookies = [] } = service;
  const cookieList = cookies.map((cookie) => {
    const facts = [text(cookie.purpose), text(cookie.lifetime)].filter(Boolean).join(', ');
    return element('li', {}, element('code', {}, cookie.name), facts && ` – ${facts}`);
  });
  const facts = (Object.keys(FACTS) as FactKey[])
    .map((key) => [key, text(service[key])] as const)
    .filter(([, fact]) => fact)
    .map(([key, fact]) => element('li', {}, `${say(FACTS[key])} – `, factNode(key, fact)));
  return [...facts, ...cookieList].length > 0 ? [element('ul', {}, ...facts, ...cookieList)] : [];
}

/** One thing that is stated, as it is shown: an address as a link. */
export function factNode(key: FactKey, fact: string): Node {
  if (key !== 'privacyUrl') return new Text(fact);
  return element('a', { href: fact, target: '_blank', rel: 'noreferrer' }, fact.replace(/^https?:\/\//, ''));
}
