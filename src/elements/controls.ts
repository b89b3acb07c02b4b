import { showNotice } from './banner';
import { preferencesControl } from '../page/content/preferences-control';
import type { Interface } from './interface';

/**
 * Listens to the controls that a page may place: `data-cookie-preferences` opens the preferences, and
 * `data-cookie-preferences="withdraw"` takes every consent back, in one action as it was given.
 */
export function listenToControls(ui: Interface): void {
  document.addEventListener('click', (event) => {
    const control = preferencesControl(event);
    if (!control) return;
    event.preventDefault();
    const say = (key: string) => showNotice(ui, key, control);
    const fail = (key: string) => (error: unknown) => {
      console.error(error);
      say(key);
    };
    if (control.dataset.cookiePreferences !== 'withdraw')
      ui.loadPreferences().then(({ open }) => open(control), fail('notLoaded'));
    else ui.gatekeeper.withdraw().then(() => say('withdrawn'), fail('failed'));
  });
}
