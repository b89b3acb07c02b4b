import { matchesHostSource, parseHostSource } from '../../origins/host-source';
import { wordsOf } from '../../csp/own-csp-header';

/** What the first of some directives that a policy has begins with, and its values; undefined when it has none of them. */
export function effective(csp: string, names: string[]): string[] | undefined {
  const directives = csp.split(';').map(wordsOf);
  return names.map((name) => directives.find(([found]) => found === name)).find((found) => !!found);
}

/** Whether the first of some directives that a policy has lets an address through. */
export function permits(csp: string, names: string[], url: URL, site: URL): boolean {
  const sources = effective(csp, names);
  return !sources || sourcesPermit(sources, url, site);
}

/** @param site the address of the document that has the policy */
export function sourcesPermit(sources: string[], url: URL, site: URL): boolean {
  return sources.some((source) => {
    if (
      source === '*' ||
      source.toLowerCase() === url.protocol ||
      (source.toLowerCase() === 'http:' && url.protocol === 'https:')
    )
      return true;
    if (source.toLowerCase() === "'self'") return url.origin === site.origin;
    const parsed = parseHostSource(source);
    return !!parsed && matchesHostSource(url, parsed, site);
  });
}
