import { findServices } from '../src/requests/find-service';
import type { IndexedPolicy } from '../src/requests/index-policy';
import type { Refusal } from '../src/messages/messages';

/** What a refusal says of the services that a URL belongs to. */
export function servicesOf(url: string, policy: IndexedPolicy): Pick<Refusal, 'service' | 'services'> {
  const services = findServices(new URL(url), policy, new URL(location.href)).map(({ id }) => id);
  return { service: services[0], services };
}
