import { matchesPattern } from '../sweep/matches-pattern';
import type { Policy } from '../policy/schema';

/** What the gatekeeper keeps in the storages of a browser. */
const OWN_STORAGE = ['cookie-gatekeeper', 'cookie-gatekeeper:decided'];

/**
 * Patterns of services that may be refused, which are also for what the gatekeeper keeps itself, and a sweep therefore never
 * deletes: a line for each service, such as `a: cookies_*`.
 */
export function neverDeleted({ services, consent }: Policy): string[] {
  return services.flatMap(({ id, purpose, cookies = [], storage = [] }) => {
    if (purpose === 'necessary') return [];
    const covering = [
      ...cookies.map(({ name }) => name).filter((name) => matchesPattern(consent.cookie.name, [name])),
      ...storage.filter((name) => OWN_STORAGE.some((own) => matchesPattern(own, [name]))),
    ];
    return covering.length > 0 ? [`${id}: ${covering.join(', ')}`] : [];
  });
}
