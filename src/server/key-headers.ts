import { LOCK_MARKER } from '../csp/wall';
import type { DocumentHeaders, Visitor } from './server-key';

type Key = (visitor: Visitor) => DocumentHeaders | undefined;

const CSP = 'content-security-policy';
const NOBODY: Visitor = {};
/** What lets a cache keep a response for more than one visitor. */
const SHARED = /^(public|s-maxage=.*|proxy-revalidate|must-understand)$/i;
/** Headers that speak to CDNs alone, and that CDNs obey before `Cache-Control`. */
const CDN_ONLY = /(cdn-cache|surrogate)-control$/;

/**
 * Puts the lock or the wall into a response's headers: the wall into documents, the lock into everything else.
 * A lock that is there already is replaced; the site's own policies stay.
 *
 * @param headers the response's, with everything that the site has set; changed in place
 */
export function keyHeaders(key: Key, request: Headers, status: number, headers: Headers): void {
  // The worker has to fetch what the visitor permits: its own script is the one that has no lock.
  if (request.get('service-worker') === 'script') return;
  const visitor = { cookie: request.get('cookie'), globalPrivacyControl: request.get('sec-gpc') === '1' };
  const isDocument = isDocumentResponse(request, status, headers);
  const keyed = key(isDocument ? visitor : NOBODY);
  if (!keyed) return;
  const own = headers.get(CSP)?.split(/,\s*/).filter((policy) => !policy.includes(LOCK_MARKER)) ?? [];
  headers.set(CSP, [...own, keyed['Content-Security-Policy']].join(', '));
  if (keyed['Server-Timing']) headers.append('server-timing', keyed['Server-Timing']);
  if (isDocument && headers.get('vary') !== '*') headers.append('vary', keyed.Vary);
  if (keyed['Cache-Control']) keepPrivate(headers);
}

/** A response that says "not modified" has no type; what the browser asked for tells it. */
function isDocumentResponse(request: Headers, status: number, headers: Headers): boolean {
  if (status === 304) return /^(document|iframe|frame|embed|object)$/.test(request.get('sec-fetch-dest') ?? '');
  return /html|xml/.test(headers.get('content-type') ?? '');
}

function keepPrivate(headers: Headers): void {
  const directives = headers.get('cache-control')?.split(',').map((directive) => directive.trim()) ?? [];
  const kept = directives.filter((directive) => directive && !SHARED.test(directive) && !/^private/i.test(directive));
  headers.set('cache-control', ['private', ...kept].join(', '));
  for (const name of [...headers.keys()]) if (CDN_ONLY.test(name)) headers.delete(name);
}
