import type { Theme } from '../theme';
import { ownAskingTheme } from './asking';
import { ownPreferencesTheme } from './preferences';

/** The package’s own look, with custom properties to change it. */
export const ownTheme: Theme = { ...ownAskingTheme, ...ownPreferencesTheme };
