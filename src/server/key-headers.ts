import { LOCK_MARKER } from '../csp/wall';
import type { ServerKey, Visitor } from './server-key';

const CSP = 'content-security-policy';
const NOBODY: Visitor = {};
/** What lets a cache keep a response for more than one visitor. */
const SHARED = /^(public|s-maxage=.*|proxy-revalidate|must-understand)$/i;
/** The gatekeeper's own worker, wherever the site serves it. */
const OUR_WORKER = /\/gatekeeper-sw\.js(\?|$)/;
/** Headers that speak to CDNs alone, and that CDNs obey before `Cache-Control`. */
const CDN_ONLY = /(cdn-cache|surrogate)-control$/;

/**
 * Puts the lock or the wall into a response's headers: the wall into documents, the lock into everything else, its own
 * lock into our worker. A lock that is there already is replaced; the site's own policies stay.
 *
 * @param url the request's, with or without its origin
 * @param headers the response's, with everything that the site has set; changed in place
 */
export function keyHeaders({ documentHeaders, workerLock }: ServerKey, url: string, request: Headers, status: number, headers: Headers): void {
  if (request.get('service-worker') === 'script') {
    // What a worker of the site's own has to fetch, it has to say itself.
    if (workerLock && OUR_WORKER.test(url)) setPolicy(headers, workerLock);
    return;
  }
  const visitor = { cookie: request.get('cookie'), globalPrivacyControl: request.get('sec-gpc') === '1' };
  const isDocument = isDocumentResponse(request, status, headers);
  const keyed = documentHeaders(isDocument ? visitor : NOBODY);
  if (!keyed) return;
  setPolicy(headers, keyed['Content-Security-Policy']);
  if (keyed['Server-Timing']) headers.append('server-timing', keyed['Server-Timing']);
  if (isDocument && headers.get('vary') !== '*') headers.append('vary', keyed.Vary);
  if (keyed['Cache-Control']) keepPrivate(headers);
}

/** Beside those of the site, in the place of one that is ours. */
function setPolicy(headers: Headers, policy: string): void {
  const own = headers.get(CSP)?.split(/,\s*/).filter((policy) => !policy.includes(LOCK_MARKER)) ?? [];
  headers.set(CSP, [...own, policy].join(', '));
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
