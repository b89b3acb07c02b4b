import { getDomain } from 'tldts';
import { readTags } from '../../csp/read-tags';
import { problem, type Finding } from './finding';
import { getPage, isHtml, type Answer } from './get';
import { documentLinesOf, isLocked, type Site } from './site';

/** Where nothing listens, the answer is not waited for as long as that of the site. */
const MOST_MS = 5000;

/** Other addresses at which visitors may come to the same page: whoever types its name, or follows an old link. */
export async function otherAddressProblems(
  site: Site,
  ask: (url: URL) => Promise<Answer> = (url) => getPage(url, MOST_MS),
): Promise<Finding[]> {
  if (!isLocked(site)) return [];
  const problems = await Promise.all(
    otherAddresses(site.page.url).map(async (url) => {
      // Where nobody answers, no visitor is.
      const page = await ask(url).catch(() => undefined);
      if (!page || !isHtml(page) || page.url.origin === site.page.url.origin) return [];
      if (isLocked({ ...site, page, tags: readTags(page.text).tags })) return [];
      return [
        problem(
          'other-address-open',
          `${url.href} is answered with ${page.status} at ${page.url.href}, without the lock, and is open.`,
          `Redirect it to ${site.page.url.href}, or send the lock there as well: ${documentLinesOf(site)}`,
          url,
        ),
      ];
    }),
  );
  return problems.flat();
}

/** The page over http, where it is https; and that of the host with "www." or without. */
export function otherAddresses(url: URL): URL[] {
  const host = otherHost(url.hostname);
  return [
    // At another port than its own there is no telling where http would be.
    ...(url.protocol === 'https:' && url.port === '' ? [Object.assign(new URL(url), { protocol: 'http:' })] : []),
    ...(host === undefined ? [] : [Object.assign(new URL(url), { hostname: host })]),
  ];
}

function otherHost(hostname: string): string | undefined {
  if (hostname.startsWith('www.')) return hostname.slice('www.'.length);
  return getDomain(hostname, { allowPrivateDomains: true }) === hostname ? `www.${hostname}` : undefined;
}
