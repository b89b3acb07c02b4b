import { element, setAttributes, uniqueId } from './element';
import { wordsFor, type Interface } from './interface';
import { SAVED } from './preferences';

/**
 * Opens the preferences in a dialog. Closing it decides nothing.
 * @param opener gets the focus back
 * @param otherwise what to do when it has gone
 */
export function openPreferences(ui: Interface, opener: HTMLElement, otherwise?: () => void): void {
  if (document.querySelector('dialog cookie-preferences')) return;
  const { say, attributes } = wordsFor(ui);
  const titleId = uniqueId();
  const dialog = ui.theme.dialog({
    titleId,
    title: say('preferencesTitle'),
    close: say('close'),
    content: element('cookie-preferences'),
  });
  setAttributes(dialog, { 'aria-labelledby': titleId, closedby: 'any', ...attributes });
  dialog.addEventListener(SAVED, () => dialog.close());
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (opener.isConnected) opener.focus();
    else otherwise?.();
  });
  document.body.append(dialog);
  dialog.showModal();
}
