import { readTags } from '../../csp/read-tags';
import { problem, type Finding } from './finding';
import { get, isHtml, isRedirect } from './get';
import { documentLinesOf, isLocked, whyOnlyHere, type Site } from './site';

/** What a site has no page at. */
const NOWHERE = '/there-is-no-such-page-cookie-gatekeeper-asks';

/** Pages that say that there is none are documents like others, and servers add headers to good answers alone, unless they are told. */
export async function missingPageProblems(site: Site): Promise<Finding[]> {
  if (!isLocked(site)) return [];
  const page = await get(new URL(NOWHERE, site.page.url));
  if (isRedirect(page) || !isHtml(page) || isLocked({ ...site, page, tags: readTags(page.text).tags })) return [];
  return [
    problem(
      'missing-page-open',
      `A page that is not there (${page.url.pathname}, answered with ${page.status}) is sent without the lock, and is open.`,
      `Send it whatever the status is, in nginx and Apache by "always". What to send: ${documentLinesOf(site)}. ${whyOnlyHere(page.url)}`,
      page.url,
    ),
  ];
}
