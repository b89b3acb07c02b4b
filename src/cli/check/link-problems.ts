import { isOwnCsp, splitPolicies } from '../../csp/own-csp-header';
import { attributeOf } from '../../csp/read-tags';
import type { SiteWithPolicy } from './site';
import { problem, type Finding } from './finding';

const HINTS = /\b(preload|modulepreload|preconnect|dns-prefetch|prefetch|prerender)\b/i;
/** What no policy closes. */
const CONNECTS = /\b(preconnect|dns-prefetch)\b/i;

/** What is loaded, or connected to, because the server says so. */
export function* linkProblems({ page, tags, policy, isRefused }: SiteWithPolicy): Generator<Finding> {
  const isLocked = (headers: Headers) =>
    policy.wall !== 'off' && splitPolicies(headers.get('content-security-policy')).some(isOwnCsp);
  for (const { url, rel } of linksOf(page.headers)) {
    if (HINTS.test(rel) && isRefused(url))
      yield problem(
        'link-refused',
        `The document is sent with Link: <${url}>; rel=${rel}, and the policy refuses that${CONNECTS.test(rel) ? '; no policy closes it' : ''}.`,
        'Take it out.',
      );
  }
  for (const hints of page.hints) {
    for (const { url, rel } of linksOf(hints)) {
      if (isRefused(url) && (CONNECTS.test(rel) || !isLocked(hints)))
        yield problem(
          'early-hint-refused',
          `103 Early Hints have Link: <${url}>; rel=${rel}, and the policy refuses that.`,
          'Take it out, or send the lock with them, too.',
        );
    }
  }
  for (const tag of tags.filter(({ name }) => name === 'link')) {
    const [rel = '', url = ''] = [attributeOf(tag, 'rel'), attributeOf(tag, 'href')];
    if (CONNECTS.test(rel) && isRefused(url))
      yield problem(
        'link-refused',
        `The document has <link rel="${rel}" href="${url}">, and the policy refuses that; no policy closes it.`,
        'Take it out.',
      );
  }
}

/** @see https://www.rfc-editor.org/rfc/rfc8288#section-3 */
function linksOf(headers: Headers): { url: string; rel: string }[] {
  const links = headers.get('link')?.matchAll(/<([^>]*)>((?:"[^"]*"|[^",])*)/g) ?? [];
  return [...links].map(([, url, parameters]) => ({
    url: url!,
    rel: /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;]*))/i.exec(parameters!)?.slice(1).join('') ?? '',
  }));
}
