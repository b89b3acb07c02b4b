import type { Consent } from '../consent/record';
import { permits } from '../consent/service-status';
import type { CompiledService, CompiledPolicy } from '../compiled-policy/compiled-policy';

/** Marks our policy among the site's own; a valid directive, and an endpoint that the site may define. */
export const CSP_MARKER = 'report-to cookie-gatekeeper';

/** Says of which policy a lock or a wall is, as a worker's host that there never is: of a directive that browsers do not know, they warn. */
const policyHost = ({ fingerprint }: CompiledPolicy) => `https://policy-${fingerprint}.invalid`;

/** The `CompiledPolicy.fingerprint` of the policy that a lock or a wall is of; undefined where it does not say. */
export function fingerprintIn(csp: string): string | undefined {
  return /\/\/policy-(\w+)\.invalid/.exec(csp)?.[1];
}

/**
 * What every site needs from itself: inline code and local schemes, and those of programs, which old pages open by a frame. Only other
 * origins are walled off.
 */
const SITE = `'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' data: blob: mailto: tel: sms:`;

/**
 * The lock: the Content-Security-Policy that a server sends with every document. It permits the site and
 * necessary services. Exempt services are left to the worker, since the visitor may have objected to them.
 * @param origin as for the wall
 */
export function closedCsp(policy: CompiledPolicy, origin?: string): string {
  return contentSecurityPolicy({
    policy,
    origin,
    sources: originsOf(policy.services.filter(({ need }) => need === 'necessary')),
  });
}

/**
 * The lock of the worker's own script. Besides documents of the site, the worker fetches what is sent without credentials,
 * and follows its redirects, which the page's wall does not see: this holds those that lead to anybody else. A worker has
 * no inline code and evaluates none, so nothing else is permitted; other scripts may only be imported from the site.
 */
export function workerScriptCsp(policy: CompiledPolicy): string {
  const fetched = originsOf(policy.services.filter(({ withoutCredentials }) => withoutCredentials));
  return [`default-src 'self'`, ["connect-src 'self'", ...fetched].join(' '), CSP_MARKER].join('; ');
}

/** The services that a document opened under this consent lets through. */
export function openServices(consent: Consent, policy: CompiledPolicy): CompiledService[] {
  return policy.services.filter((service) => permits(service, consent, policy));
}

/**
 * The wall: what the worker puts in the lock's place, with the permitted services added.
 *
 * Under `wall: "live"`, the http(s) subresources of all declared services pass and are left to the gate;
 * frames, objects and sockets, which a worker does not see, stay walled.
 *
 * @param permitted the services that are open, from `openServices`
 * @param origin the site's, where it is known: in documents that are written into a page, Firefox takes `'self'` for nobody
 */
export function consentedCsp(permitted: CompiledService[], policy: CompiledPolicy, origin?: string): string {
  const open = originsOf(permitted);
  if (policy.wall !== 'live') return contentSecurityPolicy({ policy, origin, sources: open });
  const declared = originsOf(policy.services).filter((origin) => open.includes(origin) || !/^ws/.test(origin));
  return contentSecurityPolicy({ policy, origin, sources: declared, embedded: open });
}

/** The origins of services as a Content-Security-Policy has them: without paths of the site itself. */
export function originsOf(services: CompiledService[]): string[] {
  // Paths are compared percent-decoded, and some servers have no way to write a "$" that begins no variable.
  return services.flatMap(({ origins }) =>
    origins.filter((origin) => !origin.startsWith('/')).map((origin) => origin.replaceAll('$', '%24')),
  );
}

interface Permitted {
  policy: CompiledPolicy;
  origin?: string;
  /** What subresources may be loaded from. */
  sources: string[];
  /** What frames and objects may be loaded from, if not from the same. */
  embedded?: string[];
}

function contentSecurityPolicy({ policy, origin, sources, embedded }: Permitted): string {
  const self = origin ? `'self' ${origin}` : "'self'";
  const directive = (name: string, hosts: string[]) => [name, self, SITE, ...hosts].join(' ');
  // Workers from data: URLs are left out: WebKit lets them past their page's policy.
  const workers = ['worker-src', self, 'blob:', policyHost(policy), ...sources].join(' ');
  const directives = [directive('default-src', sources), workers, CSP_MARKER];
  if (embedded) directives.unshift(directive('frame-src', embedded), directive('object-src', embedded));
  return directives.join('; ');
}
