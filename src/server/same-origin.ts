/**
 * Whether a request comes from a page of the site itself, as far as the browser says. What is not a browser
 * says nothing, and passes: it could say anything.
 * @see https://www.w3.org/TR/fetch-metadata/
 */
export function isSameOrigin({ headers, url }: Request): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  const origin = headers.get('origin');
  if (origin === null) return true;
  // Only the host: behind a proxy, this server is asked over http.
  return URL.canParse(origin) && new URL(origin).host === new URL(url).host;
}
