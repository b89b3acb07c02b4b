import { matchesHostSource, pathMatches } from '../origins/host-source';
import { domainLevels } from '../origins/domain-levels';
import type { OwnPath, Pattern, IndexedPolicy } from './index-policy';
import type { CompiledService } from '../compiled-policy/compiled-policy';

/**
 * The services that a URL belongs to: all that have an origin which matches it, each once, those with the narrowest host
 * first.
 * @param url absolute URL of a request
 * @param rules the compiled policy
 * @param site an absolute URL of the site itself
 * @returns none for the site itself and for what the policy does not declare
 */
export function findServices(url: URL, rules: IndexedPolicy, site: URL): CompiledService[] {
  const matching =
    url.origin === site.origin
      ? ownPaths(rules, site).filter(({ path }) => pathMatches(path, url.pathname))
      : patternsFor(url.hostname, rules).filter(({ source }) => matchesHostSource(url, source, site));
  return [...new Set(matching.map(({ service }) => service))];
}

/**
 * The paths of the site itself that belong to services: written as paths, or with the site's host. The whole
 * host never does: a wildcard that happens to hold it must not refuse the site.
 */
export function ownPaths(rules: IndexedPolicy, site: URL): OwnPath[] {
  const withHost = patternsFor(site.hostname, rules)
    .filter(({ source }) => source.path.length > 1 && matchesHostSource(site, { ...source, path: '' }, site))
    .map(({ service, source }) => ({ service, path: source.path }));
  return [...rules.ownPaths, ...withHost];
}

function patternsFor(host: string, rules: IndexedPolicy): Pattern[] {
  // For `www.example.com`: itself, then the wildcards that may hold it, `.example.com` and `.com`.
  return domainLevels(host).flatMap((domain, level) => rules.hosts.get(level > 0 ? `.${domain}` : domain) ?? []);
}
