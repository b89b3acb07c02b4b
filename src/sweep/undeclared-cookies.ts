import { matchesPattern } from './matches-pattern';
import { patternsOf, type Sweepable } from './sweep-scope';
import { visibleCookies } from './visible-cookies';

/**
 * The names of the cookies that scripts can see on this page and that no service declares, for the site's owner. The
 * platform's own are among them until a service of the purpose `necessary` declares them.
 * @param services all services of the policy
 * @param mirror name of the mirror cookie, which needs no declaration
 * @returns none where the browser does not show cookies to the page
 */
export function undeclaredCookies(services: readonly Sweepable[], mirror: string): string[] {
  try {
    const declared = [mirror, ...patternsOf(services, 'cookie')];
    return visibleCookies().filter((name) => !matchesPattern(name, declared));
  } catch {
    return [];
  }
}
