import { parseHostSource, type HostSource } from '../csp/host-source';
import type { ServiceTerms, Terms } from './terms';

export interface Pattern {
  service: ServiceTerms;
  source: HostSource;
}

export interface OwnPath {
  service: ServiceTerms;
  path: string;
}

/** The terms as the gate needs them: looked up by host, never scanned. */
export interface Rules extends Terms {
  /** By host; patterns for every subdomain of `example.com` are under `.example.com`. */
  hosts: Map<string, Pattern[]>;
  /** Paths of the site itself that belong to a service. */
  ownPaths: OwnPath[];
}

/**
 * Compiles terms for look-ups.
 * @throws {Error} when the terms were edited or truncated since they were made, naming what is wrong where it can
 */
export function compileRules(terms: Terms): Rules {
  const rules: Rules = { ...terms, hosts: new Map(), ownPaths: [] };
  for (const service of rules.services) {
    for (const origin of service.origins) addOrigin(rules, service, origin);
  }
  return rules;
}

function addOrigin(rules: Rules, service: ServiceTerms, origin: string): void {
  if (origin.startsWith('/')) {
    rules.ownPaths.push({ service, path: origin });
    return;
  }
  const source = parseHostSource(origin);
  if (!source) throw new Error(`cookie-gatekeeper: "${origin}" of service "${service.id}" is no CSP host-source. Build it again.`);
  const key = source.host.replace('*', '');
  const patterns = rules.hosts.get(key);
  if (patterns) patterns.push({ service, source });
  else rules.hosts.set(key, [{ service, source }]);
}
