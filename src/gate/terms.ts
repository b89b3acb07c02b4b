import type { Policy, Service, Text } from '../policy/schema';

export type ServiceId = string;

/** What consent a service needs: none; none, but the visitor may object; or the visitor's yes. */
export type Need = 'necessary' | 'exempt' | 'consent';

export interface ServiceTerms extends Service {
  /** What visitors know it as. */
  name: Text;
  need: Need;
  /** Its origins, as the policy writes them; paths of the site itself start with `/`. */
  origins: string[];
}

/** What page and worker both need of a policy: who may be permitted, and on what terms. */
export interface Terms {
  revision: string;
  wall: Policy['wall'];
  /** Calendar months that a decision is kept. */
  months: number;
  /** Name of the mirror cookie. */
  cookie: string;
  /** The domain whose hosts share the mirror; the page's own host without it. */
  cookieDomain?: string;
  /** Whether a choice that somebody else wrote into the mirror counts. */
  adoptsMirror: boolean;
  /** Path of the site that receipts are posted to, if any. */
  receipts?: string;
  /** Whether a Global Privacy Control signal counts as an objection to exempt services. */
  honoursGlobalPrivacyControl: boolean;
  services: Map<ServiceId, ServiceTerms>;
}

/**
 * Takes the terms out of a policy.
 * @throws {Error} when it has no services. Policies are validated when a site is built; this catches a file
 * that was edited or truncated since.
 */
export function termsOf(policy: Policy): Terms {
  if (!Array.isArray(policy?.services)) throw new Error('cookie-gatekeeper: the policy has no list of services. Build it again.');
  const { revision, wall = 'strict', consent, receipts, services } = policy;
  const { name = 'cookies_preferences', domain, adopt } = consent?.cookie ?? {};
  return {
    revision,
    wall,
    months: consent?.months ?? 6,
    cookie: name,
    cookieDomain: domain,
    adoptsMirror: !!(adopt || domain),
    receipts,
    honoursGlobalPrivacyControl: consent?.globalPrivacyControl !== 'ignore',
    services: new Map(services.map((service) => [service.id, serviceTerms(service)])),
  };
}

function serviceTerms(service: Service): ServiceTerms {
  const { name = service.provider, origins = [] } = service;
  return { ...service, name, origins, need: needOf(service) };
}

function needOf({ purpose, anonymised }: Service): Need {
  if (purpose === 'necessary') return 'necessary';
  return anonymised ? 'exempt' : 'consent';
}
