import type { CompiledPolicy } from '../compiled-policy/compiled-policy';
import { showsRecord } from './mirror';
import { fitsIntoCookie, longestMirror } from './mirror-assignments';
import type { ConsentRecord } from './record';

/**
 * What to tell the site's developer when the browser has not taken what was assigned: it says nothing itself.
 * @param cookies `document.cookie`, read again after the mirror was written
 * @param host the page's: `location.hostname`
 * @returns undefined when the mirror shows the record
 */
export function mirrorWarning(
  record: ConsentRecord,
  policy: CompiledPolicy,
  cookies: string,
  host: string,
): string | undefined {
  const { cookie, cookieDomain: domain } = policy;
  if (showsRecord(cookies, record, policy)) return undefined;
  const warning = `cookie-gatekeeper: the cookie "${cookie}" does not show the visitor’s choices, so other hosts and the server do not learn of them.`;
  if (domain && !`.${host}`.endsWith(`.${domain}`))
    return `${warning} ${host} is no host of "${domain}", the policy’s consent.cookie.domain: name a domain that it belongs to, or leave it out.`;
  if (!fitsIntoCookie(longestMirror(policy)))
    return `${warning} The policy has too many services for one cookie: build it again, and see what is said.`;
  const suffix = domain ? `, or is "${domain}" a domain whose hosts browsers keep apart, such as gouv.fr` : '';
  return `${warning} Are cookies blocked, does another cookie of that name hide it${suffix}?`;
}
