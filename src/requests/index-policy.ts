import { parseHostSource, type HostSource } from '../origins/host-source';
import type { CompiledService, CompiledPolicy } from '../compiled-policy/compiled-policy';

export interface Pattern {
  service: CompiledService;
  source: HostSource;
}

/** A path that belongs to a service, written as in a host-source: empty where all of the origin does. */
export interface ServicePath {
  service: CompiledService;
  path: string;
}

/** The policy as the gate needs it: looked up by host, never scanned. */
export interface IndexedPolicy extends CompiledPolicy {
  /** By host; patterns for every subdomain of `example.com` are under `.example.com`. */
  hosts: Map<string, Pattern[]>;
  /** Paths of the site itself that belong to a service. */
  ownPaths: ServicePath[];
  /** What was looked up before, for the site at this URL: a page asks few others, and each of them often. */
  lookedUp: { site: string; byOrigin: Map<string, OriginEntry> };
}

/** What a policy has to do with an origin. */
export interface OriginEntry {
  /** `local`: `data:`, `blob:`, `about:` and browser extensions' own schemes never reach a third party's server. */
  kind: 'site' | 'other' | 'local';
  paths: readonly ServicePath[];
  /** The services that have all of the origin; undefined where it depends on the path. */
  services: readonly CompiledService[] | undefined;
}

/**
 * Indexes a policy for look-ups.
 * @throws {Error} when it was edited or truncated since it was compiled, naming what is wrong where it can
 */
export function indexPolicy(policy: CompiledPolicy): IndexedPolicy {
  const indexed: IndexedPolicy = {
    ...policy,
    hosts: new Map(),
    ownPaths: [],
    lookedUp: { site: '', byOrigin: new Map() },
  };
  for (const service of indexed.services) {
    for (const origin of service.origins) addOrigin(indexed, service, origin);
  }
  return indexed;
}

function addOrigin(policy: IndexedPolicy, service: CompiledService, origin: string): void {
  if (origin.startsWith('/')) {
    policy.ownPaths.push({ service, path: origin });
    return;
  }
  const source = parseHostSource(origin);
  if (!source)
    throw new Error(`cookie-gatekeeper: "${origin}" of service "${service.id}" is no CSP host-source. Build it again.`);
  const key = source.host.replace('*', '');
  const patterns = policy.hosts.get(key);
  if (patterns) patterns.push({ service, source });
  else policy.hosts.set(key, [{ service, source }]);
}
