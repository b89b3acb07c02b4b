import type { LoadBuilt } from '../page/files/load-built';
import { bannerPlace } from './banner';
import { startInterface } from './start-interface';
import type { Interface } from './interface';
import type { Preferences } from './start-preferences';
import type { AskingTheme } from './theme';

/** Put in the place of these words by the command line’s `build`. */
declare const __INTERFACE__: Pick<Interface, 'policy' | 'texts'>;
declare const __BUILD__: string;
declare const __PREFERENCES_FILE__: string;
declare const __PREFERENCES_MARK__: string;

/** What that file is when it has run. */
declare const gatekeeperPreferences: { build: string; start(ui: Interface): Preferences };

/** Pages start what was built together with them only: what it shows is the policy that they keep to. */
export const build = __BUILD__;

/** Starts the interface that a build has prepared, for the page’s gatekeeper. */
export function startBuilt(theme: AskingTheme, loadBuilt: LoadBuilt): void {
  let loading: Promise<Preferences> | undefined;
  const load = async () =>
    (await loadBuilt('preferences', __PREFERENCES_FILE__, __PREFERENCES_MARK__, () => gatekeeperPreferences)).start(ui);
  const loadPreferences = () =>
    (loading ??= load().catch((cause: unknown) => {
      loading = undefined;
      console.warn(
        'cookie-gatekeeper: gatekeeper-preferences.js was not loaded. Serve it beside gatekeeper.js, or set data-base on the tag.',
      );
      throw cause;
    }));
  const ui: Interface = {
    gatekeeper: window.gatekeeper,
    theme,
    loadPreferences,
    bannerPlace: () => bannerPlace(ui),
    ...__INTERFACE__,
  };
  startInterface(ui);
}
