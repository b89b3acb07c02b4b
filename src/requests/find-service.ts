import { matchesHostSource, pathMatches } from '../origins/host-source';
import { domainLevels } from '../origins/domain-levels';
import type { IndexedPolicy, OriginEntry, Pattern, ServicePath } from './index-policy';
import type { CompiledService } from '../compiled-policy/compiled-policy';

/** An origin as browsers write it; before whatever else a URL has to be parsed. */
const SERIALISED_ORIGIN = /^(?:http|ws)s?:\/\/[a-z0-9.:[\]-]+(?=[/?#]|$)/;
/** What some servers read otherwise than it is written. */
const UNUSUAL = /%2f|%5c|;|\/\//i;
/** More than any page asks; one that makes up new hosts all the time must not fill the worker's memory. */
const MOST_ORIGINS = 10_000;

/**
 * The services that a URL belongs to: all that have an origin which matches it, each once, those with the narrowest host
 * first.
 * @param url absolute URL of a request
 * @param policy the compiled policy
 * @param site an absolute URL of the site itself
 * @returns none for the site itself and for what the policy does not declare
 */
export function findServices({ href }: URL, policy: IndexedPolicy, site: URL): readonly CompiledService[] {
  return servicesAt(href, lookUpOrigin(href, policy, site));
}

/** @param entry of the URL's origin */
export function servicesAt(url: string, { kind, services, paths }: OriginEntry): readonly CompiledService[] {
  if (services) return services;
  const { pathname } = new URL(url);
  // Of other hosts, nobody but a Content-Security-Policy tells paths apart, and it reads them as they are written.
  const read = kind === 'site' && UNUSUAL.test(pathname) ? servicesOn(asServersRead(pathname), paths) : [];
  return read.length > 0 ? read : servicesOn(pathname, paths);
}

function servicesOn(pathname: string, paths: readonly ServicePath[]): CompiledService[] {
  return [...new Set(paths.filter(({ path }) => pathMatches(path, pathname)).map(({ service }) => service))];
}

/**
 * A path as the most lenient of servers reads it: "%2F" and "%5C" for "/", of several "/" one, ways up wherever that makes any,
 * and nothing behind a ";".
 */
function asServersRead(pathname: string): string {
  const path = pathname.replace(/(\/|%2f|%5c)+/gi, '/').replace(/;[^/]*/g, '');
  return new URL(path, 'https://server').pathname;
}

/**
 * What the policy has to do with the origin of a URL.
 * @throws {TypeError} when the URL is not absolute
 */
export function lookUpOrigin(url: string, policy: IndexedPolicy, site: URL): OriginEntry {
  if (policy.lookedUp.site !== site.href) policy.lookedUp = { site: site.href, byOrigin: new Map() };
  const { byOrigin } = policy.lookedUp;
  const origin = SERIALISED_ORIGIN.exec(url)?.[0];
  const known = origin && byOrigin.get(origin);
  if (known) return known;
  const entry = originEntry(new URL(url), policy, site);
  if (byOrigin.size >= MOST_ORIGINS) byOrigin.clear();
  if (origin) byOrigin.set(origin, entry);
  return entry;
}

function originEntry(url: URL, policy: IndexedPolicy, site: URL): OriginEntry {
  if (!/^(http|ws)s?:$/.test(url.protocol)) return entryOf('local', []);
  return url.origin === site.origin
    ? entryOf('site', ownPaths(policy, site))
    : entryOf('other', declaredPaths(withoutRoot(url), policy, site));
}

function entryOf(kind: OriginEntry['kind'], paths: readonly ServicePath[]): OriginEntry {
  const haveAll = paths.every(({ path }) => !path);
  return { kind, paths, services: haveAll ? servicesOn('', paths) : undefined };
}

/** A host whose name ends in a dot, that of the root, is the same as without it. */
function withoutRoot(url: URL): URL {
  return Object.assign(new URL(url), { hostname: url.hostname.replace(/\.$/, '') });
}

/**
 * The paths of the site itself that belong to services: written as paths, or with the site's host. The whole
 * host never does: a wildcard that happens to hold it must not refuse the site.
 */
export function ownPaths(policy: IndexedPolicy, site: URL): ServicePath[] {
  return [...policy.ownPaths, ...declaredPaths(site, policy, site).filter(({ path }) => path.length > 1)];
}

/** The paths at a URL's origin that belong to services. */
function declaredPaths(url: URL, policy: IndexedPolicy, site: URL): ServicePath[] {
  return patternsFor(url.hostname, policy)
    .filter(({ source }) => matchesHostSource(url, { ...source, path: '' }, site))
    .map(({ service, source }) => ({ service, path: source.path }));
}

function patternsFor(host: string, policy: IndexedPolicy): Pattern[] {
  // For `www.example.com`: itself, then the wildcards that may hold it, `.example.com` and `.com`.
  return domainLevels(host).flatMap((domain, level) => policy.hosts.get(level > 0 ? `.${domain}` : domain) ?? []);
}
