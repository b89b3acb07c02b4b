import { cookiesIn, domainIn, recordIn, recordsIn, textIn } from './unchecked';
import type { OtherConfiguration, OtherCookie, OtherService, OtherText } from './other-configuration';

/** Patterns are also written as texts: https://orejime.boscop.fr */
const PATTERN = /^\/(.+)\/([a-z]*)$/;

/**
 * Reads the configuration of Orejime 3, in which services are purposes, and may be grouped by one.
 * @returns undefined for something else
 */
export function readOrejime(configuration: Record<string, unknown>): Omit<OtherConfiguration, 'skipped'> | undefined {
  const purposes = recordsIn(configuration['purposes']);
  if (purposes.length === 0 || !purposes.every(({ id }) => typeof id === 'string')) return undefined;
  const groups = purposes.filter(isGroup);
  return {
    manager: 'Orejime',
    services: purposes.flatMap((purpose) => servicesIn(purpose)),
    categoryTexts: new Map(
      groups.flatMap((group): [string, { title: OtherText; text?: OtherText }][] => {
        const title = textIn(group['title']);
        return title ? [[String(group['id']), { title, text: textIn(group['description']) }]] : [];
      }),
    ),
    // They have no language: that is in the name of Orejime's own file.
    texts: {},
    siteCookies: [],
    domain: domainIn(recordIn(configuration['cookie'])['domain']),
  };
}

function isGroup({ purposes }: Record<string, unknown>): boolean {
  return recordsIn(purposes).length > 0;
}

function servicesIn(purpose: Record<string, unknown>, group?: string): OtherService[] {
  const { id } = purpose;
  if (typeof id !== 'string') return [];
  if (isGroup(purpose)) return recordsIn(purpose['purposes']).flatMap((inner) => servicesIn(inner, group ?? id));
  return [
    {
      key: id,
      name: textIn(purpose['title']),
      description: textIn(purpose['description']),
      categories: group === undefined ? [] : [group],
      isRequired: purpose['isMandatory'] === true,
      isExempt: purpose['isExempt'] === true,
      cookies: cookiesIn(purpose['cookies']).map(withPattern),
      origins: [],
    },
  ];
}

function withPattern(cookie: OtherCookie): OtherCookie {
  const [, source, flags] = (typeof cookie.name === 'string' && PATTERN.exec(cookie.name)) || [];
  if (source === undefined) return cookie;
  try {
    return { ...cookie, name: new RegExp(source, flags) };
  } catch {
    return cookie;
  }
}
