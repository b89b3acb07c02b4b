import { pathMatches } from '../origins/host-source';
import type { CompiledPolicy } from '../compiled-policy/compiled-policy';

/** What some servers take for a way up, although it is no such thing in a URL: `/admin/..%2fpage` is `/page` then. */
const DETOUR = /(\/|%2f|%5c)(\.|%2e){2}(\/|%2f|%5c|$)/i;

/** Whether the policy leaves a page of the site out, by the path of its URL. */
export function isLeftOut({ exclude = [] }: CompiledPolicy, pathname: string): boolean {
  return exclude.some((path) => pathMatches(path, pathname)) && !DETOUR.test(pathname);
}
