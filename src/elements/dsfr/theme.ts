import type { Theme } from '../theme';
import { dsfrAskingTheme } from './asking';
import { dsfrPreferencesTheme } from './preferences';

/**
 * The French State’s design system: the markup and classes of `@gouvfr/dsfr`’s component “consent”, for pages
 * that have its styles. Its script is not needed, and may be there.
 * @see https://www.systeme-de-design.gouv.fr/version-courante/fr/composants/gestionnaire-de-consentement
 */
export const dsfrTheme: Theme = { ...dsfrAskingTheme, ...dsfrPreferencesTheme };
