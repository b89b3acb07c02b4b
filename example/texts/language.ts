export const languages = ['en', 'fr'] as const;

export type Language = (typeof languages)[number];

/** A text for all languages, or one by language. */
export type Text = string | Record<Language, string>;

export function isLanguage(value: unknown): value is Language {
  return languages.some((language) => language === value);
}

/** The text in this language. Texts of a policy may lack it: then the first that there is. */
export function inLanguage(text: string | Record<string, string>, language: Language): string {
  return typeof text === 'string' ? text : (text[language] ?? Object.values(text)[0] ?? '');
}
