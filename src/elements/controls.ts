import { builtIn } from '../dom/built-in';
import { preferencesControl } from '../page/content/preferences-control';
import type { Interface } from './interface';
import { withErrorNotice } from './with-error-notice';

/**
 * Listens to the controls that a page may place: `data-cookie-preferences` opens the preferences, and
 * `data-cookie-preferences="withdraw"` takes every consent back, in one action as it was given.
 */
export function listenToControls(ui: Interface): void {
  builtIn(document).addEventListener('click', (event) => {
    const control = preferencesControl(event);
    if (!control) return;
    event.preventDefault();
    if (control.dataset.cookiePreferences === 'withdraw')
      void withErrorNotice(ui, control, () => withdraw(ui, control));
    else void withErrorNotice(ui, control, async () => (await ui.loadPreferences()).open(control), 'notLoaded');
  });
}

async function withdraw(ui: Interface, control: HTMLElement): Promise<void> {
  await ui.gatekeeper.withdraw();
  // It is done, also where nothing can be shown.
  ui.loadPreferences().then(({ sayWithdrawn }) => sayWithdrawn(control), console.warn);
}
