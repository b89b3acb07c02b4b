import { builtIn } from '../dom/built-in';
import type { BannerPlace } from './banner';
import type { Gatekeeper } from '../page/gatekeeper';
import type { AskedPolicy } from './shown-policy';
import type { Preferences } from './start-preferences';
import { textVersion } from './texts/texts';
import type { AskingTheme } from './theme';
import { pickLanguage, wordsIn, type TextsByLanguage, type Words } from './words';

/** What the interface is made from. */
export interface Interface {
  gatekeeper: Gatekeeper;
  policy: AskedPolicy;
  texts: TextsByLanguage;
  theme: AskingTheme;
  /**
   * Loads what the visitor need not have to be asked: the preferences, the details of a placeholder, the policy’s table.
   * @throws (rejects) when it cannot be loaded; it is tried again then when it is called again
   */
  loadPreferences(): Promise<Preferences>;
  /** Where the banner stands, which is made when there is none. */
  bannerPlace(): BannerPlace;
  /** What `loadPreferences` loads, when it is loaded. */
  preferences?: Preferences;
  /** Whether the visitor has decided in a placeholder, which says itself what came of it. */
  isInPlace?: boolean;
}

/** The words for now: in the language of the document, or else of the portal’s cookie, or else of the browser. */
export function wordsFor({ texts }: Interface): Words {
  return wordsIn(
    texts,
    pickLanguage(
      [builtIn(document).documentElement.lang, chosenInPortal(), ...navigator.languages],
      Object.keys(texts),
    ),
  );
}

function chosenInPortal(): string {
  try {
    return /(?:^|; )django_language=([\w-]+)/.exec(builtIn(document).cookie)?.[1] ?? '';
  } catch {
    return ''; // A sandboxed page has no cookies.
  }
}

/** What the receipt of a decision says about what the visitor was shown. */
export function shownTo({ policy }: Interface, { language }: Words): { language: string; text: string } {
  return { language, text: textVersion(policy.revision) };
}
