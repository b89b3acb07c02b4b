import type { Consent } from '../consent/record';
import { isPermitted, standingOf, type PermittedBecause, type RefusedBecause } from '../consent/standing';
import { findService } from './find-service';
import type { Rules } from './rules';
import type { ServiceId } from './terms';

export interface GateRequest {
  /** Absolute URL. */
  url: string;
  /** The URL of the site that makes it: its origin is the site's own. */
  site: string;
}

/** What the gate does with a request, and why. */
export type Verdict =
  | { action: 'allow'; reason: 'own-site' | 'local' | 'undeclared' }
  | { action: 'allow' | 'strip'; reason: PermittedBecause; service: ServiceId }
  | { action: 'refuse'; reason: 'undeclared' }
  | { action: 'refuse'; reason: RefusedBecause; service: ServiceId };

export type Refused = Extract<Verdict, { action: 'refuse' }>;

/**
 * Decides one request. Pure: the same request, consent and rules always give the same verdict.
 *
 * - `allow`: the browser sends it as it is
 * - `strip`: it is sent without credentials and referrer
 * - `refuse`: it is not sent
 *
 * @throws {TypeError} when one of the URLs is not absolute
 */
export function decide(request: GateRequest, consent: Consent, rules: Rules): Verdict {
  const url = new URL(request.url);
  const site = new URL(request.site);
  // data:, blob:, about: and browser extensions' own schemes never reach a third party's server.
  if (!/^(http|ws)s?:$/.test(url.protocol)) return { action: 'allow', reason: 'local' };
  const service = findService(url, rules, site);
  if (service) {
    const reason = standingOf(service, consent, rules);
    return isPermitted(reason)
      ? { action: service.withoutCredentials ? 'strip' : 'allow', reason, service: service.id }
      : { action: 'refuse', reason, service: service.id };
  }
  if (url.origin === site.origin) return { action: 'allow', reason: 'own-site' };
  return { action: rules.undeclared === 'report' ? 'allow' : 'refuse', reason: 'undeclared' };
}
