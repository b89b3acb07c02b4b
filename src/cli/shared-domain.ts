import { getPublicSuffix } from 'tldts';
import { parsePolicy } from '../policy/parse-policy';
import { PolicyError, writePath, type PolicyMistake } from '../policy/policy-error';
import type { Policy } from '../policy/schema';

/**
 * The same as `parsePolicy`, and the domain that is to share the choices is held to the list of those that browsers share nothing
 * on: too long a list for servers at the edge, which parse policies too.
 * @throws {PolicyError}
 * @see https://publicsuffix.org
 */
export function parseSitePolicy(value: unknown, file?: string): Policy {
  const policy = parsePolicy(value, file);
  const mistake = sharedDomainMistake(policy);
  if (mistake) throw new PolicyError([{ path: writePath(mistake.keys), ...mistake }], file);
  return policy;
}

function sharedDomainMistake({ consent }: Policy): PolicyMistake | undefined {
  const { domain } = consent.cookie;
  if (domain === undefined || getPublicSuffix(domain, { allowPrivateDomains: true }) !== domain) return undefined;
  return {
    keys: ['consent', 'cookie', 'domain'],
    found: domain,
    fix: `is a domain under which anybody may have one, so browsers keep no cookie that all its hosts would share. Write the site's own, such as "example.${domain}", or leave "domain" out`,
  };
}
