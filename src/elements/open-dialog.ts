import { setAttributes, uniqueId } from './element';
import { followLanguage } from './follow-language';
import { wordsFor } from './interface';
import type { WholeInterface } from './start-preferences';

/** What is in a dialog. */
interface DialogContent {
  title: string;
  content: Node;
}

/**
 * Opens a dialog, which is taken out of the page when it is closed.
 * @param opener gets the focus back
 * @param describe what is in it, in the visitor’s language: asked again when that has become another
 * @param otherwise what to do when the opener has gone
 * @returns what closes it
 */
export function openDialog(
  ui: WholeInterface,
  opener: HTMLElement,
  describe: () => DialogContent,
  otherwise?: () => void,
): () => void {
  let shown: HTMLDialogElement | undefined;
  let isGone = false;
  const stop = followLanguage(ui, () => {
    // The page may have taken it out, with all that it had.
    if (isGone) {
      stop();
      return () => {};
    }
    const { say, attributes } = wordsFor(ui);
    const titleId = uniqueId();
    const dialog = ui.theme.dialog({ titleId, close: say('close'), ...describe() });
    setAttributes(dialog, { 'aria-labelledby': titleId, closedby: 'any', ...attributes });
    dialog.addEventListener('close', () => {
      stop();
      if (opener.isConnected) opener.focus();
      else otherwise?.();
    });
    document.body.append(dialog);
    dialog.showModal();
    shown = dialog;
    return () => {
      isGone = !dialog.isConnected;
      dialog.remove();
    };
  });
  return () => shown?.close();
}
