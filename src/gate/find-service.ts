import { matchesHostSource, pathMatches } from '../csp/host-source';
import { domainLevels } from '../sweep/domain-levels';
import type { OwnPath, Pattern, Rules } from './rules';
import type { ServiceTerms } from './terms';

/**
 * The service that a URL belongs to.
 * @param url absolute URL of a request
 * @param rules the compiled policy
 * @param site an absolute URL of the site itself
 * @returns undefined for the site itself and for what the policy does not declare
 */
export function findService(url: URL, rules: Rules, site: URL): ServiceTerms | undefined {
  if (url.origin === site.origin) {
    return ownPaths(rules, site).find(({ path }) => pathMatches(path, url.pathname))?.service;
  }
  return patternsFor(url.hostname, rules).find(({ source }) => matchesHostSource(url, source, site))?.service;
}

/**
 * The paths of the site itself that belong to services: written as paths, or with the site's host. The whole
 * host never does: a wildcard that happens to hold it must not refuse the site.
 */
export function ownPaths(rules: Rules, site: URL): OwnPath[] {
  const withHost = patternsFor(site.hostname, rules)
    .filter(({ source }) => source.path.length > 1 && matchesHostSource(site, { ...source, path: '' }, site))
    .map(({ service, source }) => ({ service, path: source.path }));
  return [...rules.ownPaths, ...withHost];
}

function patternsFor(host: string, rules: Rules): Pattern[] {
  // For `www.example.com`: itself, then the wildcards that may hold it, `.example.com` and `.com`.
  return domainLevels(host).flatMap((domain, level) => rules.hosts.get(level > 0 ? `.${domain}` : domain) ?? []);
}
