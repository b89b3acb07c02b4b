import { mirrorOf } from '../../consent/mirror';
import type { IndexedPolicy } from '../../requests/index-policy';
import { normalised } from './compare-locks';
import { problem, type Finding } from './finding';
import { get, isRedirect, type Answer } from './get';
import { locksOf, type SiteWithPolicy } from './site';

/** Lets caches keep a document that visitors share. */
const SHARED = /\bpublic\b|\bs-maxage\s*=\s*"?[1-9]/i;
const UNSHARED = /\b(private|no-store)\b/i;

/**
 * Whether a cache mixes up the documents of visitors, where the server opens them by the mirror cookie. It is asked under an
 * address of its own: a cache that does mix them up would keep the opened one for every visitor.
 */
export async function cacheProblems(site: SiteWithPolicy): Promise<Finding[]> {
  const { policy, page } = site;
  const expected = lockOf(site, page);
  if (policy.wall === 'off' || expected === undefined) return [];
  const url = new URL(page.url);
  url.searchParams.set('cookie-gatekeeper-check', String(Date.now()));
  const opened = await get(url, { Cookie: grantingCookie(policy) });
  const plain = await get(url);
  if ([opened, plain].some((answer) => isRedirect(answer) || lockOf(site, answer) === undefined)) return [];
  if (lockOf(site, opened) === expected) return [];
  if (lockOf(site, plain) === lockOf(site, opened))
    return [
      problem(
        'cache-mixes-visitors',
        `A cache mixes up what visitors have permitted: ${url.href}, asked for by one who permits everything, is then sent to one who has said nothing with the same lock${cachedBy(plain)}.`,
        `Let it keep no document, or one for each Cookie header, as "Vary: Cookie" says, and empty it.`,
      ),
    ];
  const shared = [page, plain, opened].find(isShared);
  if (!shared) return [];
  return [
    problem(
      'cache-shared',
      `The document depends on the visitor's cookie, and is sent with "Cache-Control: ${shared.headers.get('cache-control')}" and ${shared.headers.has('vary') ? `"Vary: ${shared.headers.get('vary')}"` : 'without Vary'}: a cache may send what one visitor has permitted to another.`,
      `Send "Cache-Control: private", or add "Vary: Cookie".`,
    ),
  ];
}

/** What shows that a cache has answered, in the place of the server; empty where nothing does. */
export function cachedBy({ headers }: Answer): string {
  const age = headers.get('age');
  const shown = [
    ...(age !== null && Number(age) > 0 ? [`Age: ${age}`] : []),
    ...['x-cache', 'cf-cache-status', 'x-cache-status', 'x-proxy-cache', 'x-varnish-cache']
      .filter((name) => /\bhit\b/i.test(headers.get(name) ?? ''))
      .map((name) => `${name}: ${headers.get(name)}`),
  ];
  return shown.length > 0 ? ` (${shown.join(', ')})` : '';
}

function isShared({ headers }: Answer): boolean {
  const caching = headers.get('cache-control') ?? '';
  return (
    SHARED.test(caching) && !UNSHARED.test(caching) && !/(^|[\s,])(cookie|\*)([\s,]|$)/i.test(headers.get('vary') ?? '')
  );
}

function lockOf(site: SiteWithPolicy, page: Answer): string | undefined {
  const [lock] = locksOf({ ...site, page, tags: [] }).inHeader;
  return lock === undefined ? undefined : normalised(lock);
}

/** The mirror of a visitor who permits everything, for one request. */
function grantingCookie(policy: IndexedPolicy): string {
  const now = Date.now();
  const record = {
    id: '',
    revision: policy.revision,
    action: 'accept-all' as const,
    choices: Object.fromEntries(policy.services.filter(({ need }) => need !== 'necessary').map(({ id }) => [id, true])),
    decidedAt: now - 1000,
    expiresAt: now + 60_000,
  };
  return `${policy.cookie}=${encodeURIComponent(JSON.stringify(mirrorOf(record, policy)))}`;
}
