import type { ServiceId } from '../compiled-policy/compiled-policy';
import { paragraphs } from './element';
import { wordsFor } from './interface';
import { openDialog } from './open-dialog';
import { openPreferences } from './preferences-dialog';
import { serviceFacts } from './service-facts';
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
