import { byLanguage, cookiesIn, domainIn, languageIn, recordIn, recordsIn, textByLanguage, textIn } from './unchecked';
import type { OtherConfiguration, OtherCookie, OtherService } from './other-configuration';

const CONSENT_TEXTS: Readonly<Record<string, string>> = {
  title: 'bannerTitle',
  description: 'bannerText',
  acceptAllBtn: 'acceptAll',
  acceptNecessaryBtn: 'refuseAll',
  showPreferencesBtn: 'customise',
};
const PREFERENCES_TEXTS: Readonly<Record<string, string>> = { title: 'preferencesTitle', savePreferencesBtn: 'save' };

/** What people call the columns of a table of cookies. */
const NAME = /^(name|cookie|nom)/i;
const PURPOSE = /^(desc|purpose|finalit|objet)/i;
const LIFETIME = /^(expir|dur|lifetime|retention)/i;

/**
 * Reads the configuration of vanilla-cookieconsent 3.
 * @returns undefined for something else
 * @see https://cookieconsent.orestbida.com/reference/configuration-reference.html
 */
export function readVanillaCookieConsent(
  configuration: Record<string, unknown>,
): Omit<OtherConfiguration, 'skipped'> | undefined {
  const categories = Object.entries(recordIn(configuration['categories']));
  const language = recordIn(configuration['language']);
  if (
    categories.length === 0 ||
    !('translations' in language || 'mode' in configuration || 'guiOptions' in configuration)
  )
    return undefined;
  const translations = recordIn(language['translations']);
  const needed = categories.filter(([, category]) => isNeededAlone(category));
  const decided = categories.filter(([, category]) => !isNeededAlone(category));
  return {
    manager: 'vanilla-cookieconsent',
    services: decided.flatMap(([key, category]) => servicesIn(key, recordIn(category), translations)),
    categoryTexts: new Map(
      decided.flatMap(([key]) => {
        const title = textByLanguage(byLanguage(translations, (texts) => sectionOf(key, texts)['title']));
        const text = textByLanguage(byLanguage(translations, (texts) => sectionOf(key, texts)['description']));
        return title ? [[key, { title, text }] as const] : [];
      }),
    ),
    texts: Object.fromEntries(
      Object.entries(translations).flatMap(([code, texts]) => {
        const [language, own] = [languageIn(code), textsIn(recordIn(texts))];
        return language && Object.keys(own).length > 0 ? [[language, own]] : [];
      }),
    ),
    siteCookies: needed.flatMap(([key, category]) => categoryCookies(key, recordIn(category), translations)),
    domain: domainIn(recordIn(configuration['cookie'])['domain']),
  };
}

/** The site's own cookies: nobody else's. */
function isNeededAlone(category: unknown): boolean {
  const { readOnly, services } = recordIn(category);
  return readOnly === true && Object.keys(recordIn(services)).length === 0;
}

function servicesIn(
  key: string,
  category: Record<string, unknown>,
  translations: Record<string, unknown>,
): OtherService[] {
  const isRequired = category['readOnly'] === true;
  const common = { categories: [key], isRequired, isExempt: false, origins: [] };
  const services = Object.entries(recordIn(category['services'])).map(([name, service]): OtherService => {
    const { label, cookies } = recordIn(service);
    return { key: name, name: textIn(label), cookies: cookiesIn(cookies), ...common };
  });
  const own = new Set(services.flatMap(({ cookies }) => cookies).map(({ name }) => String(name)));
  const others = categoryCookies(key, category, translations).filter(({ name }) => !own.has(String(name)));
  const [only, ...more] = services;
  if (only && more.length === 0) return [{ ...only, cookies: [...only.cookies, ...others] }];
  return others.length > 0 || !only ? [...services, { key, cookies: others, ...common }] : services;
}

/** Those that are deleted, and those in the tables that visitors read. */
function categoryCookies(
  key: string,
  category: Record<string, unknown>,
  translations: Record<string, unknown>,
): OtherCookie[] {
  const deleted = cookiesIn(recordIn(category['autoClear'])['cookies']);
  const rows = new Map<string, Record<string, Record<string, unknown>>>();
  for (const [language, texts] of Object.entries(translations)) {
    const { body } = recordIn(sectionOf(key, recordIn(texts))['cookieTable']);
    for (const row of recordsIn(body)) {
      const name = textIn(columnOf(NAME, row));
      if (name) rows.set(name, { ...rows.get(name), [language]: row });
    }
  }
  const described = [...rows].map(([name, texts]): OtherCookie => {
    const column = (title: RegExp) => textByLanguage(byLanguage(texts, (row) => columnOf(title, row)));
    return { name, purpose: column(PURPOSE), lifetime: column(LIFETIME) };
  });
  const isDeleted = ({ name }: OtherCookie) =>
    deleted.some((one) => (one.name instanceof RegExp ? one.name.test(String(name)) : one.name === name));
  return [
    ...deleted.map((cookie) => ({ ...described.find(({ name }) => name === cookie.name), ...cookie })),
    ...described.filter((cookie) => !isDeleted(cookie)),
  ];
}

function columnOf(title: RegExp, row: Record<string, unknown>): unknown {
  return Object.entries(row).find(([name]) => title.test(name))?.[1];
}

function sectionsIn(texts: Record<string, unknown>): Record<string, unknown>[] {
  return recordsIn(recordIn(texts['preferencesModal'])['sections']);
}

function sectionOf(category: string, texts: Record<string, unknown>): Record<string, unknown> {
  return sectionsIn(texts).find(({ linkedCategory }) => linkedCategory === category) ?? {};
}

function textsIn(texts: Record<string, unknown>): Record<string, string> {
  const pick = (from: unknown, keys: Readonly<Record<string, string>>) =>
    Object.entries(keys).flatMap(([theirs, ours]) => {
      const text = textIn(recordIn(from)[theirs]);
      return text && !text.includes('{') ? [[ours, text] as const] : [];
    });
  return Object.fromEntries([
    ...pick(texts['consentModal'], CONSENT_TEXTS),
    ...pick(texts['preferencesModal'], PREFERENCES_TEXTS),
  ]);
}
