import { getPublicSuffix, parse } from 'tldts';
import { parseHostSource } from '../origins/host-source';
import { parsePolicy } from '../policy/parse-policy';
import { PolicyError, writePath, type PolicyMistake } from '../policy/policy-error';
import type { Policy } from '../policy/schema';

/**
 * The same as `parsePolicy`, and what is said of domains is held to the list of those under which anybody may have one: too
 * long a list for servers at the edge, which parse policies too.
 * @throws {PolicyError}
 * @see https://publicsuffix.org
 */
export function parseSitePolicy(value: unknown, file?: string): Policy {
  const policy = parsePolicy(value, file);
  const mistakes = [...sharedDomainMistakes(policy), ...wildcardMistakes(policy)];
  if (mistakes.length > 0)
    throw new PolicyError(
      mistakes.map((mistake) => ({ path: writePath(mistake.keys), ...mistake })),
      file,
    );
  return policy;
}

/** The domain that is to share the choices is one that browsers share nothing on. */
function* sharedDomainMistakes({ consent }: Policy): Iterable<PolicyMistake> {
  const { domain } = consent.cookie;
  if (domain === undefined || getPublicSuffix(domain, { allowPrivateDomains: true }) !== domain) return;
  yield {
    keys: ['consent', 'cookie', 'domain'],
    found: domain,
    fix: `is a domain under which anybody may have one, so browsers keep no cookie that all its hosts would share. Write the site's own, such as "example.${domain}", or leave "domain" out`,
  };
}

/** A service is said to be everybody under a domain. */
function* wildcardMistakes({ services }: Policy): Iterable<PolicyMistake> {
  for (const [service, { origins = [] }] of services.entries())
    for (const [index, origin] of origins.entries()) {
      const { host, scheme } = parseHostSource(origin) ?? {};
      if (!host?.startsWith('*.') || !isForAnybody(host.slice(2))) continue;
      yield {
        keys: ['services', service, 'origins', index],
        found: origin,
        fix: `would be everybody whose domain ends in "${host.slice(1)}". Write the service's own: "${scheme}://*.example${host.slice(1)}"`,
      };
    }
}

/** Ends of a house's own network, such as `.lan`, are on no list, and parts of clouds may be one service's. */
function isForAnybody(domain: string): boolean {
  const { publicSuffix, isIcann } = parse(`example.${domain}`);
  return isIcann === true && publicSuffix === domain;
}
