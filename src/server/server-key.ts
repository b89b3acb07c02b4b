import type { EpochMs } from '../consent/record';
import { isLeftOut } from '../requests/is-left-out';
import { documentAccess, writeServerTiming } from '../csp/document-access';
import { closedCsp, openServices, consentedCsp, workerScriptCsp } from '../csp/document-csp';
import { decideRequest } from '../requests/decide-request';
import { indexPolicy } from '../requests/index-policy';
import { compilePolicy } from '../compiled-policy/compiled-policy';
import { parsePolicy } from '../policy/parse-policy';
import { consentFromCookie } from '../consent/consent-from-cookie';

/** What a server knows of the visitor who asks for a document. */
export interface Visitor {
  /** The request's `Cookie` header. */
  cookie?: string | null;
  /** Whether the request has the header `Sec-GPC: 1`: the visitor's browser objects to exempt services. */
  globalPrivacyControl?: boolean;
}

/** The headers that a document is to be sent with, by name. Under `"mode": "report"`, only that one, the same for everybody. */
export interface DocumentHeaders {
  /** The wall for what the visitor permits, or the lock. To be added to the site's own policies, never to replace them. */
  'Content-Security-Policy'?: string;
  /** Under `"mode": "report"`, in its place: the lock, which holds nothing there. To be added, too. */
  'Content-Security-Policy-Report-Only'?: string;
  /** Tells the page what the document was opened to; missing under the lock. */
  'Server-Timing'?: string;
  /** The document is another one for a visitor with other cookies: caches must not mix them up. */
  Vary?: 'Cookie, Sec-GPC';
  /** Only under a wall: caches that visitors share must not keep the document at all. */
  'Cache-Control'?: 'private';
}

/** The headers of a visitor's document; none under `"wall": "off"`. */
type HeadersOfDocument = (visitor: Visitor, now?: EpochMs) => DocumentHeaders | undefined;

/** What a server sends for a policy. */
export interface ServerKey {
  documentHeaders: HeadersOfDocument;
  /** The Content-Security-Policy of `gatekeeper-sw.js`; none under `"wall": "off"` and `"mode": "report"`. */
  workerLock?: string;
  /** Whether the policy leaves an address of the site alone (`exclude`). */
  isExcluded(url: URL): boolean;
  /**
   * Whether requests of a document to an address are refused to a visitor. What is no address is refused.
   * @param url as a site may write it in a header, relative or not
   * @param document the address of the document that it stands in; its scheme does not count, since a proxy may have changed it
   */
  isRefused(url: string, document: URL, visitor: Visitor): boolean;
}

/**
 * Makes the server's own key: it opens documents as the worker does, but for the first page of a visit and for
 * hard reloads too, from the mirror cookie that the browser sends.
 *
 * A document that was opened is one visitor's. Kept by a shared cache (a CDN, a reverse proxy), it would be
 * served open to visitors who have refused: send it with the `Vary` and `Cache-Control` that are returned, and
 * see that nothing in between overrules them. `keyedResponse` and `keyedListener` do.
 *
 * The wall is always strict, whatever the policy's `wall`, since there may be no worker that would hold what a
 * live one lets through. Where there is a worker, it replaces the server's wall by its own.
 *
 * @param policy what was read from the policy file
 * @returns a function from a visitor to the document's headers. There are none under `"wall": "off"`. Whatever
 * the cookie holds, the function does not throw: what cannot be believed gives the lock
 * @throws {PolicyError} when the policy has mistakes
 */
export function serverKey(policy: unknown): HeadersOfDocument {
  return makeServerKey(policy).documentHeaders;
}

/** The same, and the worker's lock. */
export function makeServerKey(policy: unknown): ServerKey {
  const parsed = parsePolicy(policy);
  const compiled = compilePolicy(parsed);
  if (parsed.wall === 'off')
    return { documentHeaders: () => undefined, isRefused: () => false, isExcluded: () => true };
  const isExcluded: ServerKey['isExcluded'] = (url) => isLeftOut(compiled, url);
  if (compiled.reportOnly) {
    const reported = { 'Content-Security-Policy-Report-Only': closedCsp(compiled) };
    return { documentHeaders: () => reported, isRefused: () => false, isExcluded };
  }
  const strict = indexPolicy({ ...compiled, wall: 'strict' as const });
  const locked = { 'Content-Security-Policy': closedCsp(strict), Vary: 'Cookie, Sec-GPC' } as const;
  const documentHeaders: HeadersOfDocument = ({ cookie, globalPrivacyControl = false }, now = Date.now()) => {
    const consent = consentFromCookie(cookie ?? '', strict, globalPrivacyControl, now);
    if (!consent) return locked;
    const open = openServices(consent, strict);
    const opened = consentedCsp(open, strict);
    // Who refuses everything gets the same document as who has not decided, and it may be cached for both.
    if (opened === locked['Content-Security-Policy']) return locked;
    const timing = writeServerTiming(documentAccess(open, consent, strict));
    return { ...locked, 'Content-Security-Policy': opened, 'Server-Timing': timing, 'Cache-Control': 'private' };
  };
  const isRefused: ServerKey['isRefused'] = (url, document, { cookie, globalPrivacyControl = false }) => {
    const now = Date.now();
    // Who has said nothing may have objected where the server does not see it, as under the lock.
    const consent = consentFromCookie(cookie ?? '', strict, globalPrivacyControl, now) ?? {
      restored: false,
      record: undefined,
      now,
      globalPrivacyControl,
    };
    try {
      const { href, protocol } = new URL(url, document);
      return decideRequest({ url: href, site: `${protocol}//${document.host}` }, consent, strict).action === 'refuse';
    } catch {
      return true;
    }
  };
  return { documentHeaders, isRefused, isExcluded, workerLock: workerScriptCsp(compiled) };
}
