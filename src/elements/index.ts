import type { Gatekeeper } from '../page/gatekeeper';
import type { Policy, PolicyInput } from '../policy/schema';
import { bannerPlace } from './banner';
import type { Interface } from './interface';
import { purposeTitles } from './purpose-titles';
import { shownPolicy } from './shown-policy';
import { startInterface } from './start-interface';
import { startPreferences, type Preferences } from './start-preferences';
import type { Theme } from './theme';
import type { TextsByLanguage } from './words';

export { dsfrTheme } from './dsfr/theme';
export { ownTheme } from './own/theme';
export { languages } from './texts/languages';
export { ALL } from './theme';
export type {
  Action,
  AskingTheme,
  BannerContent,
  Item,
  ItemWords,
  PlaceholderContent,
  PreferencesTheme,
  TableContent,
  Theme,
} from './theme';
export type { TextsByLanguage } from './words';

export interface InterfaceOptions {
  theme: Theme;
  /** Texts by language: `languages`, or some of them. The policy’s own come on top. */
  texts: TextsByLanguage;
}

/** Those whose interface is on the page. */
const shownFor = new WeakSet<Gatekeeper>();

/**
 * Shows the interface on this page: defines the elements, asks where consent must be asked, and puts
 * placeholders where content is held back. Called again, it does nothing.
 * @param policy that `parsePolicy` has validated
 */
export function showInterface(gatekeeper: Gatekeeper, policy: PolicyInput, { theme, texts }: InterfaceOptions): void {
  if (shownFor.has(gatekeeper)) return;
  shownFor.add(gatekeeper);
  const policyTexts = policy.texts as Policy['texts'];
  const all = Object.fromEntries(
    Object.entries(texts).map(([language, own]) => [
      language,
      { ...purposeTitles(policy), ...own, ...policyTexts?.[language] },
    ]),
  );
  const shown = shownPolicy(policy, Object.keys(all));
  let preferences: Preferences | undefined;
  const loadPreferences = () =>
    Promise.resolve((preferences ??= startPreferences(ui, { theme, texts: all, ...shown })));
  const ui: Interface = {
    gatekeeper,
    policy: shown,
    texts: all,
    theme,
    loadPreferences,
    bannerPlace: () => bannerPlace(ui),
  };
  startInterface(ui);
}
