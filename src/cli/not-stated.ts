import { FACTS, shownPolicy, type FactKey, type ShownService } from '../elements/shown-policy';
import type { Policy } from '../policy/schema';

/** What visitors and data protection officers ask of whoever processes data: also of a transfer, and of joint controllers, that there is none. */
const ASKED = Object.keys(FACTS) as FactKey[];

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
