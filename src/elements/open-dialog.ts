import { builtIn } from '../dom/built-in';
import { adoptAll } from './adopt-all';
import { keepStyled } from './adopt-styles';
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
    show(dialog, opener);
    keepStyled(dialog, () => adoptAll(ui));
    shown = dialog;
    return () => {
      isGone = !dialog.isConnected;
      dialog.open = false;
      dialog.remove();
    };
  });
  return () => shown?.close();
}

/**
 * Shows a dialog over the page. Where the page keeps the focus in something of its own, and takes what is done elsewhere for
 * a mistake, the dialog is put in there: beside what it was opened by.
 */
function show(dialog: HTMLDialogElement, opener: HTMLElement): void {
  let isHeard = false;
  dialog.addEventListener('focusin', () => (isHeard = true), { once: true });
  showIn(builtIn(document).body, dialog);
  const { parentElement } = opener.closest('cookie-placeholder') ?? opener;
  if (isHeard || !builtIn(document).hasFocus() || !parentElement?.checkVisibility()) return;
  showIn(parentElement, dialog);
  // A menu may go, or be hidden, once something in it was pressed.
  const observer = new ResizeObserver(() => {
    if (!dialog.open || dialog.checkVisibility()) return;
    observer.disconnect();
    showIn(builtIn(document).body, dialog);
  });
  observer.observe(dialog);
}

function showIn(parent: HTMLElement, dialog: HTMLDialogElement): void {
  dialog.remove();
  dialog.open = false; // Not closed: what hears of that takes it for the visitor's doing.
  parent.append(dialog);
  dialog.showModal();
}
