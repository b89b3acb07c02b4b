import { pathMatches } from '../origins/host-source';
import type { CompiledPolicy } from '../compiled-policy/compiled-policy';

/**
 * What some servers take for a way up, although it is no such thing in a URL: `/admin/..%2fpage` is `/page` then, and so is
 * `/admin/..;/page`. The source of a regular expression, for JavaScript and PCRE, in paths and in requests' targets.
 */
export const WAY_UP = '(?:/|%2[fF]|\\x5c|%5[cC])(?:\\x2e|%2[eE]){2}(?:[/?;\\x20\\x5c]|%2[fF]|%5[cC]|$)';

/** Whether the policy leaves a page of the site out, by the path of its URL. */
export function isLeftOut({ exclude = [] }: CompiledPolicy, { pathname }: Pick<URL, 'pathname'>): boolean {
  return exclude.some((path) => pathMatches(path, pathname)) && !new RegExp(WAY_UP).test(pathname);
}
