import type { ServiceId } from '../../compiled-policy/compiled-policy';
import type { Refusal } from '../../messages/messages';

/** Whether one of the services that a refused request belongs to is permitted now: a yes to any of them lets it in. */
export function isLetIn(
  { service, services = service ? [service] : [] }: Refusal,
  permits: (id: ServiceId) => boolean,
): boolean {
  return services.some(permits);
}
