import { builtIn } from '../dom/built-in';
import { element } from './element';
import { wordsFor } from './interface';
import { openDialog } from './open-dialog';
import { SAVED } from './preferences';
import type { WholeInterface } from './start-preferences';

/** Opens the preferences in a dialog. Closing it decides nothing. Parameters as for `openDialog`. */
export function openPreferences(ui: WholeInterface, opener: HTMLElement, otherwise?: () => void): void {
  if (builtIn(document).querySelector('dialog cookie-preferences')) return;
  const preferences = element('cookie-preferences');
  const describe = () => ({ title: wordsFor(ui).say('preferencesTitle'), content: preferences });
  const close = openDialog(ui, opener, describe, otherwise);
  preferences.addEventListener(SAVED, close);
}
