import { showNotice } from './banner';
import { preferencesControl } from '../page/content/preferences-control';
import type { Interface } from './interface';
import { openPreferences } from './preferences-dialog';

/**
 * Listens to the controls that a page may place: `data-cookie-preferences` opens the preferences, and
 * `data-cookie-preferences="withdraw"` takes every consent back, in one action as it was given.
 */
export function listenToControls(ui: Interface): void {
  document.addEventListener('click', (event) => {
    const control = preferencesControl(event);
    if (!control) return;
    event.preventDefault();
    if (control.dataset.cookiePreferences !== 'withdraw') return openPreferences(ui, control);
    ui.gatekeeper.withdraw().then(
      () => showNotice(ui, 'withdrawn', control),
      (error: unknown) => {
        console.error(error);
        showNotice(ui, 'failed', control);
      },
    );
  });
}
