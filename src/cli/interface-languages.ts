import { languages, pageLanguages } from '../elements/texts/languages';
import { ASKING_KEYS } from '../elements/texts/texts';
import { purposeTitles } from '../elements/purpose-titles';
import type { TextsByLanguage } from '../elements/words';
import type { Policy } from '../policy/schema';

const DEFAULT_LANGUAGES = ['fr', 'en'];

/** A language was asked for that neither the package nor the policy has texts in. */
export class UnknownLanguageError extends Error {
  override name = 'UnknownLanguageError';

  constructor(language: string) {
    super(
      `there are no texts in "${language}". Languages: ${Object.keys(languages).join(', ')}; for another, write all of them under "texts" in the policy.`,
    );
  }
}

/**
 * What the interface says, by language: the package's texts, and on top those of the policy.
 * @param wanted French and English without it, and those that the policy adds; the first is also for visitors who read none of them
 * @throws {UnknownLanguageError}
 */
export function interfaceTexts(policy: Policy, wanted?: readonly string[]): TextsByLanguage {
  return textsIn(policy, languages, wanted);
}

/** The texts that are said while the visitor is asked, and the rest. */
export function askingTexts(texts: TextsByLanguage): Record<'asking' | 'rest', TextsByLanguage> {
  // Nobody is asked about what is necessary.
  const isAsking = (key: string) => ASKING_KEYS.has(key) || /^purpose-(?!necessary$|.*-text$)/.test(key);
  const pick = (wanted: boolean) =>
    Object.fromEntries(
      Object.entries(texts).map(([language, all]) => [
        language,
        Object.fromEntries(Object.entries(all).filter(([key]) => isAsking(key) === wanted)),
      ]),
    );
  return { asking: pick(true), rest: pick(false) };
}

/** What the policy page says, by language. Parameters and errors as for `interfaceTexts`. */
export function pageTexts(policy: Policy, wanted?: readonly string[]): TextsByLanguage {
  const both = Object.entries(languages).map(
    ([language, texts]) => [language, { ...texts, ...pageLanguages[language] }] as const,
  );
  return textsIn(policy, Object.fromEntries(both), wanted);
}

function textsIn(policy: Policy, known: TextsByLanguage, wanted?: readonly string[]): TextsByLanguage {
  const { texts = {} } = policy;
  const fallback = known['en']!;
  const titles = purposeTitles(policy);
  const languages = new Set(wanted ?? [...DEFAULT_LANGUAGES, ...Object.keys(texts)]);
  return Object.fromEntries(
    [...languages].map((language) => {
      const ours = Object.hasOwn(known, language) ? known[language] : undefined;
      const own = Object.hasOwn(texts, language) ? texts[language] : undefined;
      if (!ours && !own) throw new UnknownLanguageError(language);
      const all = { ...titles, ...(ours ?? fallback), ...own };
      const said = Object.entries(all).filter(([key, text]) => text && (key in fallback || key.startsWith('purpose-')));
      return [language, Object.fromEntries(said)];
    }),
  );
}
