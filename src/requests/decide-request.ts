import type { Consent } from '../consent/record';
import { isPermitted, permits, statusOf, type GrantReason, type RefusalReason } from '../consent/service-status';
import { lookUpOrigin, servicesAt } from './find-service';
import type { IndexedPolicy } from './index-policy';
import type { ServiceId, CompiledService } from '../compiled-policy/compiled-policy';

export interface GateRequest {
  /** Absolute URL. */
  url: string;
  /** The URL of the site that makes it: its origin is the site's own. */
  site: string;
}

/** What the gate does with a request, and why. */
export type Verdict =
  | { action: 'allow'; reason: 'own-site' | 'local' | 'undeclared' }
  | { action: 'allow' | 'strip' | 'strip-to-origin'; reason: GrantReason; service: ServiceId }
  | { action: 'refuse'; reason: 'undeclared' }
  | { action: 'refuse'; reason: RefusalReason; service: ServiceId };

export type Refused = Extract<Verdict, { action: 'refuse' }>;

/**
 * Decides one request. Pure: the same request, consent and policy always give the same verdict.
 *
 * - `allow`: the browser sends it as it is
 * - `strip`: it is sent without credentials and referrer
 * - `strip-to-origin`: it is sent without credentials, with the site's origin as referrer
 * - `refuse`: it is not sent
 *
 * @throws {TypeError} when one of the URLs is not absolute
 */
export function decideRequest(request: GateRequest, consent: Consent, policy: IndexedPolicy): Verdict {
  const origin = lookUpOrigin(request.url, policy, parsedSite(request.site));
  if (origin.kind === 'local') return { action: 'allow', reason: 'local' };
  const services = servicesAt(request.url, origin);
  const decisive = services.length > 1 ? decisiveOf(services, consent, policy) : services[0];
  if (decisive) return verdictOn(decisive, consent, policy);
  if (origin.kind === 'site') return { action: 'allow', reason: 'own-site' };
  return { action: policy.undeclared === 'report' ? 'allow' : 'refuse', reason: 'undeclared' };
}

/** A host that several share is asked if any of them is permitted, and with as much as any of these needs. */
function decisiveOf(
  services: readonly CompiledService[],
  consent: Consent,
  policy: IndexedPolicy,
): CompiledService | undefined {
  const permitting = services.filter((service) => permits(service, consent, policy));
  return (
    permitting.find(({ withoutCredentials }) => !withoutCredentials) ??
    permitting.find(({ namesSite }) => namesSite) ??
    permitting[0] ??
    services[0]
  );
}

let latestSite = { written: '', parsed: new URL('about:blank') };

/** Requests of one site follow one another: its URL is parsed once. */
function parsedSite(written: string): URL {
  if (latestSite.written !== written) latestSite = { written, parsed: new URL(written) };
  return latestSite.parsed;
}

function verdictOn(service: CompiledService, consent: Consent, policy: IndexedPolicy): Verdict {
  const reason = statusOf(service, consent, policy);
  return isPermitted(reason)
    ? { action: actionFor(service), reason, service: service.id }
    : { action: 'refuse', reason, service: service.id };
}

function actionFor({ withoutCredentials, namesSite }: CompiledService): 'allow' | 'strip' | 'strip-to-origin' {
  if (!withoutCredentials) return 'allow';
  return namesSite ? 'strip-to-origin' : 'strip';
}
