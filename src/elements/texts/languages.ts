import { de, dePage } from './de';
import { en, enPage } from './en';
import { es, esPage } from './es';
import { fr, frPage } from './fr';
import { it, itPage } from './it';
import { nl, nlPage } from './nl';
import { pt, ptPage } from './pt';
import type { PageTexts, Texts } from './texts';

/** Each language is known to be there; whoever asks by a word that may be any gets what there is. */
type ByLanguage<T> = Record<'de' | 'en' | 'es' | 'fr' | 'it' | 'nl' | 'pt', T> & Record<string, T>;

/** Every language that the package speaks. */
export const languages: ByLanguage<Texts> = { de, en, es, fr, it, nl, pt };
export const pageLanguages: ByLanguage<PageTexts> = {
  de: dePage,
  en: enPage,
  es: esPage,
  fr: frPage,
  it: itPage,
  nl: nlPage,
  pt: ptPage,
};

/** What texts of a policy may replace; a purpose of the site's own has `purpose-…` and `purpose-…-text`. */
export const textKeys: readonly string[] = Object.keys({ ...en, ...enPage });
