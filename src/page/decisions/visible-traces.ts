import type { CompiledService } from '../../compiled-policy/compiled-policy';
import { matchesPattern } from '../../sweep/matches-pattern';
import { visibleCookies } from '../../sweep/visible-cookies';

/** Whether services have left something that is seen at a glance: a cookie. */
export function haveLeftCookies(services: CompiledService[]): boolean {
  const names = visibleCookies();
  return services.some(({ cookies }) => {
    const patterns = cookies.map(({ name }) => name);
    return names.some((name) => matchesPattern(name, patterns));
  });
}
