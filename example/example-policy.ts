import policy from './policy.json';
import { standIns, standInIds, type StandInId } from './third-parties/start-third-parties';

/** The policy of policy.json, with the ports that the stand-ins really listen on. */
export function examplePolicy(origins: Record<StandInId, string>): typeof policy {
  const written = new Map<string, string>(
    standInIds.map((id) => [`http://127.0.0.1:${standIns[id].port}`, origins[id]]),
  );
  const copy = structuredClone(policy);
  for (const service of copy.services) {
    if (service.origins) service.origins = service.origins.map((origin) => written.get(origin) ?? origin);
  }
  return copy;
}
