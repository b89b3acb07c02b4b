import { element, uniqueId } from './element';
import { wordsFor, type Interface } from './interface';
import { SAVED } from './preferences';
import { directionOf } from './words';

let open = false;

/**
 * Opens the preferences in a dialog. Closing it decides nothing.
 * @param opener gets the focus back
 */
export function openPreferences(ui: Interface, opener: HTMLElement): void {
  if (open) return;
  open = true;
  const { say, language } = wordsFor(ui);
  const titleId = uniqueId();
  const dialog = ui.theme.dialog({ titleId, title: say('preferencesTitle'), close: say('close'), content: element('cookie-preferences') });
  const attributes = { 'aria-labelledby': titleId, closedby: 'any', lang: language, dir: directionOf(language) };
  for (const [name, value] of Object.entries(attributes)) dialog.setAttribute(name, value);
  dialog.addEventListener(SAVED, () => dialog.close());
  dialog.addEventListener('close', () => {
    open = false;
    dialog.remove();
    opener.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}
