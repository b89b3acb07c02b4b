import { parseHostSource, type HostSource } from '../csp/host-source';
import type { Policy } from '../policy/schema';
import { termsOf, type ServiceTerms, type Terms } from './terms';

export interface ServiceRule extends ServiceTerms {
  /** Its requests are sent without cookies and referrer. */
  withoutCredentials: boolean;
}

export interface Pattern {
  service: ServiceRule;
  source: HostSource;
}

export interface OwnPath {
  service: ServiceRule;
  path: string;
}

/** The policy as the gate needs it: looked up by host, never scanned. */
export interface Rules extends Terms {
  undeclared: Policy['undeclared'];
  services: Map<string, ServiceRule>;
  /** By host; patterns for every subdomain of `example.com` are under `.example.com`. */
  hosts: Map<string, Pattern[]>;
  /** Paths of the site itself that belong to a service. */
  ownPaths: OwnPath[];
}

/**
 * Compiles a policy for look-ups.
 * @throws {Error} when the policy is not one, naming what is wrong
 */
export function compileRules(policy: Policy): Rules {
  const terms = termsOf(policy);
  const rules: Rules = { ...terms, undeclared: policy.undeclared ?? 'refuse', services: new Map(), hosts: new Map(), ownPaths: [] };
  for (const { id, access } of policy.services) {
    const rule = { ...terms.services.get(id)!, withoutCredentials: access === 'without-credentials' };
    rules.services.set(id, rule);
    for (const origin of rule.origins) addOrigin(rules, rule, origin);
  }
  return rules;
}

function addOrigin(rules: Rules, service: ServiceRule, origin: string): void {
  if (origin.startsWith('/')) {
    rules.ownPaths.push({ service, path: origin });
    return;
  }
  const source = parseHostSource(origin);
  if (!source) throw new Error(`cookie-gatekeeper: "${origin}" of service "${service.id}" is not a CSP host-source. Build the policy again.`);
  const key = source.host.replace('*', '');
  const patterns = rules.hosts.get(key);
  if (patterns) patterns.push({ service, source });
  else rules.hosts.set(key, [{ service, source }]);
}
