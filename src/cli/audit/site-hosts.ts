import { getDomain } from 'tldts';

/** Whose an address is, seen from the site. */
export type Owner = 'site' | 'own-host' | 'somebody-else';

/**
 * @param origins those of the site's own pages
 * @returns `own-host` for other hosts of the site's domain; another port of the same host may be anybody's
 */
export function ownerOf(url: URL, origins: readonly string[]): Owner {
  const sites = origins.map((origin) => new URL(origin));
  // A socket of the site itself has its host and port, but another scheme.
  if (sites.some(({ host }) => host === url.host)) return 'site';
  const isOwn = sites.some(
    ({ hostname }) => hostname !== url.hostname && domainOf(hostname) === domainOf(url.hostname) && hasDomain(hostname),
  );
  return isOwn ? 'own-host' : 'somebody-else';
}

/** The domain that somebody has registered: `example.co.uk` for `a.b.example.co.uk`; the host itself where there is none. */
export function domainOf(hostname: string): string {
  return getDomain(hostname, { allowPrivateDomains: true }) ?? hostname;
}

function hasDomain(hostname: string): boolean {
  return getDomain(hostname, { allowPrivateDomains: true }) !== null;
}
