import { dsfrPreferencesTheme } from './dsfr/preferences';
import type { Interface } from './interface';
import { startBuiltPreferences } from './start-built-preferences';
import type { Preferences } from './start-preferences';

export { build } from './start-built-preferences';
export const start = (ui: Interface): Preferences => startBuiltPreferences(ui, dsfrPreferencesTheme);
