import { PURPOSES } from '../compiled-policy/literals';
import type { PolicyInput } from '../policy/schema';

/**
 * What the site's own purposes are called in a language that it gives no text in, by the text's key: as in English or
 * another language, or else in the words that the purpose is made of. Visitors read it as a heading.
 */
export function purposeTitles({ services, texts = {} }: PolicyInput): Record<string, string> {
  const known: readonly string[] = PURPOSES;
  const own = new Set(services.map(({ purpose }) => purpose).filter((purpose) => !known.includes(purpose)));
  const said = [texts['en'], ...Object.values(texts)];
  return Object.fromEntries(
    [...own].map((purpose) => {
      const key = `purpose-${purpose}`;
      const words = purpose.replaceAll('-', ' ');
      return [key, said.map((one) => one?.[key]).find(Boolean) ?? words.charAt(0).toUpperCase() + words.slice(1)];
    }),
  );
}
