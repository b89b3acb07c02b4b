import { shownPolicy, type ShownService } from '../elements/shown-policy';
import type { Policy } from '../policy/schema';

/** What visitors and data protection officers ask of whoever processes data. Not all have joint controllers, or a transfer. */
const ASKED = ['privacyUrl', 'country', 'legalBasis', 'retention'] as const;

/**
 * What a policy does not say, and the interface therefore calls not stated: a line for each service that lacks something,
 * such as `youtube: privacyUrl, country, lifetime of YSC`.
 */
export function notStated(policy: Policy): string[] {
  const isElsewhere = new Set(policy.services.filter(({ origins }) => origins?.length).map(({ id }) => id));
  return shownPolicy(policy, ['en']).services.flatMap((service) => {
    const missing = [...(isElsewhere.has(service.id) ? missingFacts(service) : []), ...missingLifetimes(service)];
    return missing.length > 0 ? [`${service.id}: ${missing.join(', ')}`] : [];
  });
}

function missingFacts(service: ShownService): string[] {
  return [...ASKED.filter((key) => !service[key]), ...(service.cookies ? [] : ['cookies'])];
}

function missingLifetimes({ cookies = [] }: ShownService): string[] {
  const without = cookies.filter(({ lifetime }) => !lifetime).map(({ name }) => name);
  return without.length > 0 ? [`lifetime of ${without.join(' and ')}`] : [];
}
