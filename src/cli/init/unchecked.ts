import { isRecord } from './literal-reader';
import type { OtherCookie, OtherText } from './other-configuration';

/** What a value has, if it is of the kind that is expected: nobody has checked what a configuration is made of. */

export function recordIn(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

export function listIn(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function recordsIn(value: unknown): Record<string, unknown>[] {
  return listIn(value).filter(isRecord);
}

/** Plain text: most managers take markup. */
export function textIn(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return text || undefined;
}

const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/;
/** What Klaro calls the texts for all languages. */
const ALL = 'zz';

/** A language as a policy names it. */
export function languageIn(key: string): string | undefined {
  const code = key.replace('_', '-');
  return code !== ALL && LANGUAGE.test(code) ? code : undefined;
}

/** The texts of all languages that have one; the one for all others where none has. */
export function textByLanguage(texts: Record<string, unknown>, otherwise?: unknown): OtherText | undefined {
  const found = Object.entries(texts).flatMap(([language, value]) => {
    const [code, text] = [languageIn(language), textIn(value)];
    return code && text ? [[code, text] as const] : [];
  });
  if (found.length > 0) return Object.fromEntries(found);
  return textIn(texts[ALL]) ?? textIn(otherwise);
}

/** Takes the same part of each language's texts. */
export function byLanguage(
  translations: Record<string, unknown>,
  part: (texts: Record<string, unknown>) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(translations).map(([language, texts]) => [language, part(recordIn(texts))]));
}

/** A name or a pattern; a list of that, a path and a domain; or an object with these. */
export function cookiesIn(value: unknown): OtherCookie[] {
  return listIn(value).flatMap((entry) => {
    const [written, where] = cookieFields(entry);
    if (typeof written !== 'string' && !(written instanceof RegExp)) return [];
    return [{ name: written, ...(typeof where === 'string' && /^\/./.test(where) && { path: where }) }];
  });
}

function cookieFields(entry: unknown): unknown[] {
  if (Array.isArray(entry)) return entry;
  if (!isRecord(entry)) return [entry];
  const { name, pattern = name, path } = entry;
  return [pattern, path];
}

/** A domain as a policy has it. */
export function domainIn(value: unknown): string | undefined {
  const domain = typeof value === 'string' ? value.replace(/^\./, '').toLowerCase() : '';
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain) ? domain : undefined;
}
