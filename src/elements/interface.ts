import type { Gatekeeper } from '../page/gatekeeper';
import type { ShownPolicy } from './shown-policy';
import { TEXT_VERSION } from './texts/texts';
import type { Theme } from './theme';
import { pickLanguage, wordsIn, type TextsByLanguage, type Words } from './words';

/** What the interface is made from. */
export interface Interface {
  gatekeeper: Gatekeeper;
  policy: ShownPolicy;
  texts: TextsByLanguage;
  theme: Theme;
  /** Whether the visitor has decided in a placeholder, which says itself what came of it. */
  isInPlace?: boolean;
}

/** The words for now: in the language of the document, or else of the portal’s cookie, or else of the browser. */
export function wordsFor({ texts }: Interface): Words {
  return wordsIn(
    texts,
    pickLanguage([document.documentElement.lang, chosenInPortal(), ...navigator.languages], Object.keys(texts)),
  );
}

function chosenInPortal(): string {
  try {
    return /(?:^|; )django_language=([\w-]+)/.exec(document.cookie)?.[1] ?? '';
  } catch {
    return ''; // A sandboxed page has no cookies.
  }
}

/** What the receipt of a decision says about what the visitor was shown. */
export function shownTo({ policy }: Interface, { language }: Words): { language: string; text: string } {
  return { language, text: `${TEXT_VERSION}/${policy.revision}` };
}
