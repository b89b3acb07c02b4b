import { permits, type Consent } from '../consent/record';
import type { Rules, ServiceRule } from '../gate/rules';

/** Marks our policy among the site's own; a valid directive, and an endpoint that the site may define. */
export const LOCK_MARKER = 'report-to cookie-gatekeeper';

/** What every site needs from itself: inline code and local schemes. Only other origins are walled off. */
const SITE = `'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' data: blob:`;

/**
 * The lock: the Content-Security-Policy that a server sends with every document. It permits the site and
 * necessary services. Exempt services are left to the worker, since the visitor may have objected to them.
 */
export function lock(rules: Rules): string {
  return contentSecurityPolicy(openTo(rules, ({ need }) => need === 'necessary'));
}

/** The services that a document opened under this consent lets through. */
export function openServices(consent: Consent, rules: Rules): ServiceRule[] {
  return [...rules.services.values()].filter((service) => permits(service, consent, rules));
}

/**
 * The wall: what the worker puts in the lock's place, with the permitted services added.
 *
 * Under `wall: "live"`, the http(s) subresources of all declared services pass and are left to the gate;
 * frames and objects, which a worker does not see, stay walled.
 */
export function wall(consent: Consent, rules: Rules): string {
  const open = openTo(rules, (service) => permits(service, consent, rules));
  return rules.wall === 'live' ? contentSecurityPolicy(openTo(rules, () => true), open) : contentSecurityPolicy(open);
}

function openTo(rules: Rules, permits: (service: ServiceRule) => boolean): string[] {
  return [...rules.services.values()].filter(permits).flatMap(({ origins }) => origins.filter((origin) => !origin.startsWith('/')));
}

function contentSecurityPolicy(sources: string[], unseen = sources): string {
  const directive = (name: string, hosts: string[]) => [name, SITE, ...hosts].join(' ');
  const directives = [directive('default-src', sources)];
  if (unseen !== sources) {
    const sockets = (source: string) => /^wss?:/.test(source);
    directives.push(
      directive('connect-src', [...sources.filter((source) => !sockets(source)), ...unseen.filter(sockets)]),
      directive('frame-src', unseen),
      directive('object-src', unseen),
    );
  }
  return [...directives, LOCK_MARKER].join('; ');
}
