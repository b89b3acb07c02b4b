import { matchesHostSource, pathMatches } from '../csp/host-source';
import type { Rules, ServiceRule } from './rules';

/**
 * The service that a URL belongs to.
 * @param url absolute URL of a request
 * @param rules the compiled policy
 * @param site an absolute URL of the site itself
 * @returns undefined for the site itself and for what the policy does not declare
 */
export function findService(url: URL, rules: Rules, site: URL): ServiceRule | undefined {
  if (url.origin === site.origin) {
    return rules.ownPaths.find(({ path }) => pathMatches(path, url.pathname))?.service;
  }
  for (const key of lookupKeys(url.hostname)) {
    const found = rules.hosts.get(key)?.find(({ source }) => matchesHostSource(url, source, site));
    if (found) return found.service;
  }
  return undefined;
}

/** `www.example.com`, then the wildcards that may hold it: `.example.com`, `.com`. */
function* lookupKeys(host: string): Generator<string> {
  yield host;
  for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) yield host.slice(dot);
}
