import { domainLevels } from '../origins/domain-levels';

/**
 * Secure cookies, and those whose names start with `__Host-` or `__Secure-`, are replaced by secure ones only; a page on
 * http, by others only. A partitioned cookie (CHIPS) is another cookie than the same one without its partition.
 */
const VARIANTS = ['', '; Secure', '; Secure; Partitioned'];

/**
 * The scopes that a cookie which is seen at a URL can have, as attributes for `document.cookie`: scripts are told the
 * name only, and a cookie is replaced only by one of exactly the same scope (RFC 6265bis, 5.7).
 * @returns a list for each path, the widest path first
 */
export function cookieScopes({ hostname, pathname }: Pick<Location, 'hostname' | 'pathname'>): string[][] {
  const folders = pathname.split('/').map((_, depth, names) => names.slice(0, depth + 1).join('/'));
  // `/a` and `/a/` are two scopes. The first folder is empty, so the widest path is `/`.
  const paths = folders.flatMap((folder) => [folder, `${folder}/`]).slice(1);
  return paths.map((path) => scopesOfPath(path, hostname));
}

/** Those of one path. */
export function scopesOfPath(path: string, hostname: string): string[] {
  const domains = ['', ...domainLevels(hostname).map((domain) => `; Domain=${domain}`)];
  return domains.flatMap((domain) => VARIANTS.map((variant) => `; Path=${path}${domain}${variant}`));
}
