import type { Text } from '../policy/schema';

/** Texts by key, by language. */
export type TextsByLanguage = Record<string, Record<string, string>>;

/** What there is to say in one language. */
export interface Words {
  /** A BCP 47 tag. */
  language: string;
  /** What an element needs that says them. */
  attributes: { lang: string; dir: 'rtl' | 'ltr' };
  /** The text of a key, where each `{name}` is replaced by its value; empty when there is none. */
  say(key: string, values?: Record<string, string>): string;
  /** A text of the policy in this language, or else in the first that it has. */
  text(text: Text | undefined): string;
  /** What a purpose is called, and its explanation. Purposes of the site’s own may have neither. */
  purpose(purpose: string): { title: string; text: string };
}

export function wordsIn(texts: TextsByLanguage, language: string): Words {
  const say = (key: string, values: Record<string, string> = {}) =>
    (texts[language]?.[key] ?? '').replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
  return {
    language,
    attributes: { lang: language, dir: directionOf(language) },
    say,
    text: (text = '') =>
      typeof text === 'string'
        ? text
        : (text[language] ?? text[primary(language)] ?? text['en'] ?? Object.values(text)[0] ?? ''),
    purpose: (purpose) => ({ title: say(`purpose-${purpose}`) || purpose, text: say(`purpose-${purpose}-text`) }),
  };
}

/**
 * The first language wanted that is available, where `fr-CA` also takes `fr`.
 * @param available at least one; the first is taken when none is wanted
 */
export function pickLanguage(wanted: readonly string[], available: readonly string[]): string {
  for (const written of wanted) {
    // As POSIX writes them: `fr_FR`.
    const language = written.replaceAll('_', '-');
    const found = [language, primary(language)]
      .map((tag) => available.find((one) => one.toLowerCase() === tag.toLowerCase()))
      .find(Boolean);
    if (found) return found;
  }
  return available[0]!;
}

/** Scripts that are written from right to left, by language. */
const RIGHT_TO_LEFT = /^(ar|arc|ckb|dv|fa|he|ku|ps|sd|ug|ur|yi)\b/;

export function directionOf(language: string): 'rtl' | 'ltr' {
  return RIGHT_TO_LEFT.test(language) ? 'rtl' : 'ltr';
}

function primary(language: string): string {
  return language.split('-')[0]!;
}
