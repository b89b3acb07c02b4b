import { stripReportEndpoints } from '../csp/strip-report-endpoints';
import { isOwnCsp, splitPolicies } from '../csp/own-csp-header';
import { stripStoredReportEndpoints } from './strip-stored-report-endpoints';
import type { ServerKey, Visitor } from './server-key';

export const CSP = 'content-security-policy';
const REPORT_ONLY = 'content-security-policy-report-only';
const NOBODY: Visitor = {};
/** What lets a cache keep a response for more than one visitor. */
const SHARED = /^(public|s-maxage=.*|proxy-revalidate|must-understand)$/i;
/** The gatekeeper's own worker, wherever the site serves it. */
const OUR_WORKER = /\/gatekeeper-sw\.js$/;
/** Headers that speak alone to CDNs, and to caches such as nginx's, and that these obey before `Cache-Control`. */
const CDN_ONLY = /(cdn-cache|surrogate|edge|litespeed-cache)-control$|^x-accel-expires$/;

/**
 * Puts the lock or the wall into a response's headers: the wall into documents, the lock into everything else, its own
 * lock into our worker. A lock that is there already is replaced; the site's own policies stay. Reports that would go to
 * whom the visitor has not permitted are taken out. What the policy leaves out is left as it is. Under `"mode": "report"`, the
 * lock is only reported, and nothing is taken out.
 *
 * @param url the request's
 * @param headers the response's, with everything that the site has set; changed in place
 */
export function applyDocumentHeaders(
  key: ServerKey,
  url: URL,
  request: Headers,
  status: number,
  headers: Headers,
): void {
  if (key.isExcluded(url)) return;
  const isDocument = isDocumentResponse(request, status, headers);
  const visitor = isDocument ? visitorOf(request) : NOBODY;
  const keyed = key.documentHeaders(visitor);
  if (!keyed) return;
  const { 'Content-Security-Policy': csp, 'Content-Security-Policy-Report-Only': reported } = keyed;
  if (csp) {
    stripReportEndpoints(headers, (address) => key.isRefused(address, url, visitor));
    stripStoredReportEndpoints(headers, (address) => key.isRefused(address, url, NOBODY));
  }
  if (!isDocument && OUR_WORKER.test(url.pathname)) {
    if (key.workerLock) headers.set(CSP, withPolicy(headers.get(CSP), key.workerLock));
    // Or a browser could go on with an old policy.
    if (!/no-(cache|store)/i.test(headers.get('cache-control') ?? '')) headers.set('cache-control', 'no-cache');
    return;
  }
  // What a worker of the site's own has to fetch, it has to say itself.
  if (request.get('service-worker') === 'script') return;
  if (csp) headers.set(CSP, withPolicy(headers.get(CSP), csp));
  if (reported) headers.set(REPORT_ONLY, withPolicy(headers.get(REPORT_ONLY), reported));
  if (keyed['Server-Timing']) headers.append('server-timing', keyed['Server-Timing']);
  if (isDocument && keyed.Vary && headers.get('vary') !== '*') headers.append('vary', keyed.Vary);
  if (keyed['Cache-Control']) keepPrivate(headers);
}

/** Who asks, as far as a request says. */
export function visitorOf(request: Headers): Visitor {
  return { cookie: request.get('cookie'), globalPrivacyControl: request.get('sec-gpc') === '1' };
}

/** A policy beside those of the site, in the place of one that is ours. */
export function withPolicy(header: string | null, policy: string): string {
  return [...splitPolicies(header).filter((other) => !isOwnCsp(other)), policy].join(', ');
}

/** A response that says "not modified" has no type; what the browser asked for tells it. */
function isDocumentResponse(request: Headers, status: number, headers: Headers): boolean {
  if (status === 304) return /^(document|iframe|frame|embed|object)$/.test(request.get('sec-fetch-dest') ?? '');
  return /html|xml/i.test(headers.get('content-type') ?? '');
}

function keepPrivate(headers: Headers): void {
  const directives =
    headers
      .get('cache-control')
      ?.split(',')
      .map((directive) => directive.trim()) ?? [];
  const kept = directives.filter((directive) => directive && !SHARED.test(directive) && !/^private/i.test(directive));
  headers.set('cache-control', ['private', ...kept].join(', '));
  for (const name of [...headers.keys()]) if (CDN_ONLY.test(name)) headers.delete(name);
}
