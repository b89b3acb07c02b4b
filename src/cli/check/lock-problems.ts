import { metaLockOf } from '../../csp/meta-lock';
import { isOwnCsp, splitPolicies } from '../../csp/own-csp-header';
import { closedCsp } from '../../csp/document-csp';
import { difference, normalised } from './compare-locks';
import { documentLinesOf, locksOf, type Site } from './site';

const CSP = 'content-security-policy';

/** What is wrong with the lock of the document. */
export function* lockProblems(site: Site): Generator<string> {
  const { rules, page, tags } = site;
  const { inHeader, inTags } = locksOf(site);
  const locks = [...inHeader, ...inTags];
  if (rules.wall === 'off') {
    if (locks.length > 0)
      yield `The document has a lock, but the policy says "wall": "off". Send none, or write "wall": "strict" and build again.`;
    return;
  }
  if (locks.length === 0) {
    if (rules.lock === 'tag') return;
    const isReported = splitPolicies(page.headers.get(`${CSP}-report-only`)).some(isOwnCsp);
    const what = isReported
      ? 'The document has the lock as Content-Security-Policy-Report-Only, which holds nothing'
      : 'The document is sent without a lock: the first page of a visit is open';
    yield `${what}. What to send: ${documentLinesOf(site)}`;
    return;
  }
  if (inTags.length > 0 && rules.lock !== 'meta')
    yield `The document has its lock in a tag, but the policy says "lock": "${rules.lock}", so that no worker takes it out. Write "lock": "meta" and build again${rules.lock === 'header' ? ', or send it as a header' : ''}.`;
  if (locks.length > 1)
    yield `The document has ${locks.length} locks (${inHeader.length} in headers, ${locks.length - inHeader.length} in tags). Send it once: see which of server, proxy and page add it.`;
  const expected = closedCsp(rules);
  for (const found of new Set(locks.map(normalised))) {
    if (found !== normalised(expected))
      yield `The document has the lock of another policy (${difference(found, expected)}). What to send: ${documentLinesOf(site)}`;
  }
  if (inHeader.length > 0) return;
  const earlier = tags
    .slice(
      0,
      tags.findIndex((tag) => metaLockOf(tag)),
    )
    .find(({ name }) => /^(script|link|style|img|iframe|body)$/.test(name));
  if (earlier)
    yield `The lock's tag stands behind <${earlier.name}>, for which it comes too late. Put it first in <head>.`;
}
