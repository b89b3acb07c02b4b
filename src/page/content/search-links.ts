const DESCRIPTION = 'application/opensearchdescription+xml';

/** What says where the site can be searched. */
export const SEARCH_LINK = `link[type="${DESCRIPTION}" i]`;
/** What a search description is while it waits for permission: of another type. */
export const HELD_SEARCH = 'link[rel=search][type="text/plain"]';

/** The page, as far as its search descriptions are concerned. */
interface PageWithSearch {
  /** Those that are not held again. */
  givenBack: WeakSet<Element>;
}

/**
 * Holds search descriptions at other origins: when a page has loaded, Chromium fetches the first in its head by itself,
 * past the worker and the Content-Security-Policy.
 * @returns whether there were any
 */
export function holdSearchLinks({ givenBack }: PageWithSearch, elements: Iterable<HTMLElement>): boolean {
  const links = [...elements].filter(
    (element): element is HTMLLinkElement => element.matches(SEARCH_LINK) && !givenBack.has(element),
  );
  const foreign = links.filter(({ href }) => !href.startsWith(`${location.origin}/`));
  for (const link of foreign) link.type = 'text/plain';
  return foreign.length > 0;
}

/** Gives a search description back, which is not held again. */
export function giveBackSearchLink({ givenBack }: PageWithSearch, link: HTMLLinkElement): void {
  givenBack.add(link);
  link.type = DESCRIPTION;
}
