import type { Interface } from './interface';
import { startPreferences, type Preferences, type PreferencesParts } from './start-preferences';
import type { PreferencesTheme } from './theme';

/** Put in the place of these words by the command line’s `build`. */
declare const __PREFERENCES__: Pick<PreferencesParts, 'services' | 'texts'>;
declare const __BUILD__: string;

export const build = __BUILD__;

/** Makes the page’s interface whole with what a build has prepared. */
export function startBuiltPreferences(ui: Interface, theme: PreferencesTheme): Preferences {
  return startPreferences(ui, { theme, ...__PREFERENCES__ });
}
