import {
  byLanguage,
  cookiesIn,
  domainIn,
  languageIn,
  listIn,
  recordIn,
  recordsIn,
  textByLanguage,
  textIn,
} from './unchecked';
import type { OtherConfiguration, OtherService, OtherText } from './other-configuration';

/** Our texts, and where Klaro has them. What has a `{` in it is filled in by Klaro. */
const TEXTS: readonly [key: string, path: readonly string[]][] = [
  ['bannerTitle', ['consentNotice', 'title']],
  ['bannerText', ['consentNotice', 'description']],
  ['customise', ['consentNotice', 'learnMore']],
  ['preferencesTitle', ['consentModal', 'title']],
  ['preferencesText', ['consentModal', 'description']],
  ['acceptAll', ['acceptAll']],
  ['refuseAll', ['decline']],
  ['save', ['acceptSelected']],
  ['policyUrl', ['privacyPolicyUrl']],
];

/**
 * Reads the configuration of Klaro, also before 0.7 and as Orejime 2 has it, where services are apps.
 * @returns undefined for something else
 * @see https://klaro.org/docs/integration/annotated-configuration
 */
export function readKlaro(configuration: Record<string, unknown>): Omit<OtherConfiguration, 'skipped'> | undefined {
  const services = recordsIn(configuration['services'] ?? configuration['apps']);
  if (services.length === 0 || !services.every(({ name }) => typeof name === 'string')) return undefined;
  const translations = recordIn(configuration['translations']);
  return {
    manager: 'Klaro',
    services: services.map((service) => serviceIn(service, translations)),
    categoryTexts: categoryTexts(services, translations),
    texts: Object.fromEntries(
      Object.entries(translations).flatMap(([language, texts]) => {
        const [code, own] = [languageIn(language), textsIn(recordIn(texts))];
        return code && Object.keys(own).length > 0 ? [[code, own]] : [];
      }),
    ),
    siteCookies: [],
    domain: domainIn(configuration['cookieDomain']),
  };
}

function serviceIn(service: Record<string, unknown>, translations: Record<string, unknown>): OtherService {
  const key = String(service['name']);
  const own = recordIn(service['translations']);
  const textOf = (part: string): OtherText | undefined => {
    const general = byLanguage(translations, (texts) => recordIn(texts[key])[part]);
    const special = byLanguage(own, (texts) => texts[part]);
    const written = service[part];
    return textByLanguage({ ...general, ...special, ...recordIn(written) }, written);
  };
  return {
    key,
    name: textOf('title'),
    description: textOf('description'),
    categories: listIn(service['purposes']).filter((purpose) => typeof purpose === 'string'),
    isRequired: service['required'] === true,
    isExempt: service['optOut'] === true,
    cookies: cookiesIn(service['cookies']),
    origins: [],
  };
}

function categoryTexts(
  services: readonly Record<string, unknown>[],
  translations: Record<string, unknown>,
): OtherConfiguration['categoryTexts'] {
  const categories = new Set(services.flatMap(({ purposes }) => listIn(purposes)).map(String));
  return new Map(
    [...categories].flatMap((category) => {
      const texts = byLanguage(translations, ({ purposes }) => recordIn(purposes)[category]);
      const part = (name: string) => byLanguage(texts, (text) => text[name]);
      const title = textByLanguage({ ...texts, ...onlyTexts(part('title')) });
      return title ? [[category, { title, text: textByLanguage(part('description')) }] as const] : [];
    }),
  );
}

function onlyTexts(texts: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => typeof text === 'string'));
}

function textsIn(texts: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    TEXTS.flatMap(([key, path]) => {
      const text = textIn(path.reduce<unknown>((at, name) => recordIn(at)[name], texts));
      return text && !text.includes('{') ? [[key, text]] : [];
    }),
  );
}
