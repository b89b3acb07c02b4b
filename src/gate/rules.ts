import { parseHostSource, type HostSource } from '../csp/host-source';
import type { Policy, Service } from '../policy/schema';

export type ServiceId = string;

/** What consent a service needs: none; none, but the visitor may object; or the visitor's yes. */
export type Need = 'necessary' | 'exempt' | 'consent';

export interface ServiceRule {
  id: ServiceId;
  purpose: string;
  need: Need;
  /** Its requests are sent without cookies and referrer. */
  withoutCredentials: boolean;
  /** Its origins, as the policy writes them; same-origin paths start with `/`. */
  origins: readonly string[];
}

export interface Pattern {
  service: ServiceRule;
  source: HostSource;
}

/** The policy as the gate needs it: looked up by host, never scanned. */
export interface Rules {
  revision: string;
  wall: Policy['wall'];
  undeclared: Policy['undeclared'];
  /** Whether a Global Privacy Control signal counts as an objection to exempt services. */
  honoursGlobalPrivacyControl: boolean;
  services: Map<ServiceId, ServiceRule>;
  /** By host; patterns for every subdomain of `example.com` are under `.example.com`. */
  hosts: Map<string, Pattern[]>;
  /** Paths of the site itself that belong to a tracker. */
  ownPaths: { service: ServiceRule; path: string }[];
}

/**
 * Compiles a policy for look-ups.
 * @throws {Error} when the policy is not one, naming what is wrong. Policies are validated when a site is
 * built; this catches a file that was edited or truncated since.
 */
export function compileRules(policy: Policy): Rules {
  if (!Array.isArray(policy?.services)) throw new Error('cookie-gatekeeper: the policy has no list of services. Build it again.');
  const rules: Rules = {
    revision: policy.revision,
    wall: policy.wall ?? 'strict',
    undeclared: policy.undeclared ?? 'refuse',
    honoursGlobalPrivacyControl: policy.consent?.globalPrivacyControl !== 'ignore',
    services: new Map(),
    hosts: new Map(),
    ownPaths: [],
  };
  for (const service of policy.services) {
    const rule: ServiceRule = {
      id: service.id,
      purpose: service.purpose,
      need: needOf(service),
      withoutCredentials: service.access === 'without-credentials',
      origins: service.origins ?? [],
    };
    rules.services.set(rule.id, rule);
    for (const origin of rule.origins) addOrigin(rules, rule, origin);
  }
  return rules;
}

function needOf({ purpose, anonymised }: Service): Need {
  if (purpose === 'necessary') return 'necessary';
  return anonymised ? 'exempt' : 'consent';
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
