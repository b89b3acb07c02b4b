/**
 * Takes what names an address that the gate refuses out of a document's reporting headers: browsers send reports by
 * themselves, past the worker. What the site's own policies permit and forbid stays as it is.
 * @param isRefused whether the gate refuses a URL, which may be relative
 */
export function closeReports(headers: Headers, isRefused: (url: string) => boolean): void {
  for (const name of ['content-security-policy', 'content-security-policy-report-only']) {
    const policies = headers.get(name);
    const closed = policies?.replace(/(^|[;,])\s*report-uri\s+([^;,]*)/gi, (directive, before: string, urls: string) => (urls.split(' ').some(isRefused) ? before : directive));
    if (closed) headers.set(name, closed);
  }
  for (const name of ['reporting-endpoints', 'report-to']) {
    const urls = headers.get(name)?.match(/https?:[^"]+/g);
    if (urls?.some(isRefused)) headers.delete(name);
  }
}
