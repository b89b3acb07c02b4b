import { attributeOf } from '../../csp/read-tags';
import { getPage, isHtml, type Answer } from './get';
import type { Site } from './site';

/** How many are looked at: a server sends other headers for a part of a site, and each part is linked to from the first page. */
const MOST_LINKED = 5;
/** The end of a path that is a page's; whatever else has an ending is a file, which may be large. */
const PAGE_NAME = /\/([^/.]*|[^/]+\.(html?|php|aspx?|jsp))$/i;

/** Some of the pages of the same origin that a page links to, as they are answered; without those that cannot be asked for. */
export async function linkedPages(site: Site, known: readonly URL[]): Promise<Answer[]> {
  const paths = new Set([site.page.url, ...known].map(({ pathname }) => pathname));
  const answers = await Promise.all(
    linkedAddresses(site)
      .filter(({ pathname }) => !paths.has(pathname))
      .slice(0, MOST_LINKED)
      .map((url) => getPage(url).catch(() => undefined)),
  );
  const found = new Map<string, Answer>();
  for (const answer of answers) {
    if (!answer || answer.url.origin !== site.page.url.origin || !isHtml(answer)) continue;
    if (!paths.has(answer.url.pathname)) found.set(answer.url.pathname, answer);
  }
  return [...found.values()];
}

/** One of each part of the site, as the beginning of the path tells it, before any other of the same. */
export function linkedAddresses({ page, tags }: Pick<Site, 'page' | 'tags'>): URL[] {
  const byPath = new Map<string, URL>();
  for (const tag of tags) {
    const href = tag.name === 'a' && attributeOf(tag, 'download') === undefined ? attributeOf(tag, 'href') : undefined;
    if (href === undefined || !URL.canParse(href, page.url.href)) continue;
    const url = new URL(href, page.url);
    url.hash = '';
    if (url.origin === page.url.origin && PAGE_NAME.test(url.pathname) && !byPath.has(url.pathname))
      byPath.set(url.pathname, url);
  }
  const parts = new Set<string>();
  const [first, rest]: [URL[], URL[]] = [[], []];
  for (const url of byPath.values()) {
    const part = url.pathname.split('/')[1]!;
    (parts.has(part) ? rest : first).push(url);
    parts.add(part);
  }
  return [...first, ...rest];
}
