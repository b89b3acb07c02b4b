import { MIRROR_NAME } from '../audit/own-names';
import type { Site } from './site';
import { problem, type Finding } from './finding';

/** The mirror is the page's to write: a server that sets it may make it one that no script reaches. */
export function* cookieProblems({ page, policy }: Site): Generator<Finding> {
  const mirror = policy?.cookie ?? MIRROR_NAME;
  for (const cookie of page.headers.getSetCookie()) {
    const [pair = '', ...attributes] = cookie.split(';').map((part) => part.trim());
    if (!pair.startsWith(`${mirror}=`)) continue;
    const valueOf = (name: string) =>
      attributes.find((attribute) => attribute.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
    if (attributes.some((attribute) => attribute.toLowerCase() === 'httponly'))
      yield problem(
        'mirror-httponly',
        `The document sets the cookie ${mirror} with HttpOnly, so that the page can neither read nor write it.`,
        'Set it without, or leave it to the page.',
      );
    const path = valueOf('path');
    if (path !== undefined && path !== '/')
      yield problem(
        'mirror-path',
        `The document sets the cookie ${mirror} for ${path} only, where it hides the one that the page writes.`,
        'Set it with Path=/, or leave it to the page.',
      );
    const domain = valueOf('domain')?.replace(/^\./, '');
    if (policy && domain !== undefined && domain !== policy.cookieDomain)
      yield problem(
        'mirror-domain',
        `The document sets the cookie ${mirror} for ${domain}, and the policy says ${policy.cookieDomain ?? 'nothing of a domain'}: there will be two.`,
        `Write "consent": { "cookie": { "domain": "${domain}" } }, or leave it to the page.`,
      );
  }
}
