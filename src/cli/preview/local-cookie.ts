import { withoutDomain } from '../../server/cookie-domain';

/** Names that browsers take only with `Secure`, which they allow on localhost: https://www.rfc-editor.org/rfc/rfc6265#section-4.1.3. */
const NEEDS_SECURE = /^\s*__(Host|Secure)-/i;

/**
 * A `Set-Cookie` as a browser keeps it for localhost over http: without the portal's domain, and without what needs https, so
 * that it is kept in every browser.
 */
export function localCookie(setCookie: string): string {
  const [pair = '', ...attributes] = withoutDomain(setCookie).split(';');
  const staysSecure = NEEDS_SECURE.test(pair);
  const kept = attributes.flatMap((attribute) => {
    if (staysSecure) return [attribute];
    if (/^\s*(secure|partitioned)\s*$/i.test(attribute)) return [];
    // Without `Secure`, browsers drop the cookie.
    return /^\s*samesite\s*=\s*none/i.test(attribute) ? [' SameSite=Lax'] : [attribute];
  });
  return [pair, ...kept].join(';');
}
