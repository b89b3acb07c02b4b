import type { Interface } from './interface';
import { ownPreferencesTheme } from './own/preferences';
import { startBuiltPreferences } from './start-built-preferences';
import type { Preferences } from './start-preferences';

export { build } from './start-built-preferences';
export const start = (ui: Interface): Preferences => startBuiltPreferences(ui, ownPreferencesTheme);
