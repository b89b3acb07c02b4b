import { setAttributes, uniqueId } from './element';
import { wordsFor } from './interface';
import type { WholeInterface } from './start-preferences';

/**
 * Opens a dialog, which is taken out of the page when it is closed.
 * @param opener gets the focus back
 * @param otherwise what to do when it has gone
 */
export function openDialog(
  ui: WholeInterface,
  opener: HTMLElement,
  { title, content }: { title: string; content: Node },
  otherwise?: () => void,
): HTMLDialogElement {
  const { say, attributes } = wordsFor(ui);
  const titleId = uniqueId();
  const dialog = ui.theme.dialog({ titleId, title, close: say('close'), content });
  setAttributes(dialog, { 'aria-labelledby': titleId, closedby: 'any', ...attributes });
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (opener.isConnected) opener.focus();
    else otherwise?.();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
