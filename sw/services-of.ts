import { findServices } from '../src/gate/find-service';
import type { Rules } from '../src/gate/rules';
import type { Refusal } from '../src/messages/messages';

/** What a refusal says of the services that a URL belongs to. */
export function servicesOf(url: string, rules: Rules): Pick<Refusal, 'service' | 'services'> {
  const services = findServices(new URL(url), rules, new URL(location.href)).map(({ id }) => id);
  return { service: services[0], services };
}
