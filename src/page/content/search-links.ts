const DESCRIPTION = 'application/opensearchdescription+xml';

/** What a search description is while it waits for permission: of another type. */
export const HELD_SEARCH = 'link[rel=search][type="text/plain"]';

/**
 * Holds search descriptions at other origins: when a page has loaded, Chromium fetches the first in its head by itself,
 * past the worker and the Content-Security-Policy.
 * @returns whether there were any
 */
export function holdSearchLinks(): boolean {
  const links = [...document.querySelectorAll<HTMLLinkElement>(`link[type="${DESCRIPTION}" i]:not([data-released])`)];
  const foreign = links.filter(({ href }) => !href.startsWith(`${location.origin}/`));
  for (const link of foreign) link.type = 'text/plain';
  return foreign.length > 0;
}

/** Gives a search description back, marked, so that it is not held again. */
export function giveBackSearchLink(link: HTMLLinkElement): void {
  link.dataset['released'] = '';
  link.type = DESCRIPTION;
}
