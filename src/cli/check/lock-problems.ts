import { metaLockOf } from '../../csp/meta-lock';
import { closedCsp } from '../../csp/document-csp';
import { cachedBy } from './cache-problems';
import { difference, normalised } from './compare-locks';
import { documentLinesOf, locksOf, whyOnlyHere, type SiteWithPolicy, type Site } from './site';
import { problem, type Finding } from './finding';

/** What is wrong with the lock of the document. */
export function* lockProblems(site: SiteWithPolicy): Generator<Finding> {
  const { policy, tags } = site;
  const { inHeader, inTags } = locksOf(site);
  if (policy.reportOnly) return yield* reportedLockProblems(site);
  const locks = [...inHeader, ...inTags];
  if (policy.wall === 'off') {
    if (locks.length > 0)
      yield problem(
        'lock-unwanted',
        'The document has a lock, but the policy says "wall": "off".',
        'Send none, or write "wall": "strict" and build again.',
      );
    return;
  }
  if (locks.length === 0) {
    if (policy.lock !== 'tag') yield noLock(site);
    return;
  }
  if (inTags.length > 0 && policy.lock !== 'meta')
    yield problem(
      'lock-in-tag',
      `The document has its lock in a tag, but the policy says "lock": "${policy.lock}", so that no worker takes it out.`,
      `Write "lock": "meta" and build again${policy.lock === 'header' ? ', or send it as a header' : ''}.`,
    );
  if (locks.length > 1) yield severalLocks(site);
  const expected = closedCsp(policy);
  for (const found of new Set(locks.map(normalised))) {
    if (found !== normalised(expected))
      yield problem(
        'lock-other-policy',
        `The document has the lock of another policy (${difference(found, expected)}).`,
        `${keptByCache(site)}What to send: ${documentLinesOf(site)}`,
      );
  }
  if (inHeader.length > 0) return;
  const earlier = tags
    .slice(
      0,
      tags.findIndex((tag) => metaLockOf(tag)),
    )
    .find(({ name }) => /^(script|link|style|img|iframe|body)$/.test(name));
  if (earlier)
    yield problem(
      'lock-late',
      `The lock's tag stands behind <${earlier.name}>, for which it comes too late.`,
      'Put it first in <head>.',
    );
}

/** The same where no policy says what it is to be: whether there is one. */
export function* anyLockProblems(site: Site): Generator<Finding> {
  const { inHeader, inTags } = locksOf(site);
  if (inHeader.length + inTags.length === 0) yield noLock(site);
  if (inHeader.length + inTags.length > 1) yield severalLocks(site);
}

/** What is sent may be right by now, and only kept. */
function keptByCache({ page }: Site): string {
  const cache = cachedBy(page);
  return cache && `A cache has answered${cache}: empty it whenever the lock changes. `;
}

function noLock(site: Site): Finding {
  const why = site.isLockedElsewhere ? `. ${whyOnlyHere(site.page.url)}` : '';
  const remedy = `What to send: ${documentLinesOf(site)}${why}`;
  return locksOf(site).reported.length > 0
    ? problem(
        'lock-only-reports',
        'The document has the lock as Content-Security-Policy-Report-Only, which holds nothing.',
        remedy,
      )
    : problem(
        'lock-missing',
        'The document is sent without a lock: what its HTML names loads before the visitor agrees.',
        remedy,
      );
}

function severalLocks(site: Site): Finding {
  const { inHeader, inTags } = locksOf(site);
  return problem(
    'lock-repeated',
    `The document has ${inHeader.length + inTags.length} locks (${inHeader.length} in headers, ${inTags.length} in tags).`,
    'Send it once: see which of server, proxy and page add it.',
  );
}

/** The same where it is only to report. A site that sends none, in headers, learns of less, and nothing is wrong. */
function* reportedLockProblems(site: SiteWithPolicy): Generator<Finding> {
  const { policy } = site;
  const { inHeader, inTags, reported } = locksOf(site);
  if (inHeader.length + inTags.length > 0)
    yield problem(
      'lock-unwanted',
      'The document has a lock that holds, but the policy says "mode": "report".',
      'Send it as Content-Security-Policy-Report-Only, or write "mode": "enforce" and build again.',
    );
  const expected = closedCsp(policy);
  if (site.hasLock && policy.lock === 'header' && inHeader.length + reported.length === 0)
    yield problem(
      'lock-to-report-missing',
      'The document is sent without the lock as Content-Security-Policy-Report-Only: sockets are not listed.',
      `What to send: ${documentLinesOf(site)}`,
    );
  for (const found of new Set(reported.map(normalised))) {
    if (found !== normalised(expected))
      yield problem(
        'lock-other-policy',
        `The document has the lock of another policy, as Content-Security-Policy-Report-Only (${difference(found, expected)}).`,
        `What to send: ${documentLinesOf(site)}`,
      );
  }
}
