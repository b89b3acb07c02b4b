/**
 * Takes the addresses that the gate refuses out of a document's reporting headers: browsers send reports by
 * themselves, past the worker. What the site's own policies permit and forbid stays as it is.
 * @param isRefused whether the gate refuses an absolute URL
 */
export function closeReports(headers: Headers, isRefused: (url: string) => boolean): void {
  for (const name of ['content-security-policy', 'content-security-policy-report-only']) {
    const policies = headers.get(name);
    if (policies) headers.set(name, policies.replace(/report-uri[^;,]*/gi, (directive) => withoutRefused(directive, isRefused)));
  }
  for (const name of ['reporting-endpoints', 'report-to']) {
    const urls = headers.get(name)?.match(/https?:[^"]+/g);
    if (urls?.some(isRefused)) headers.delete(name);
  }
}

function withoutRefused(directive: string, isRefused: (url: string) => boolean): string {
  const kept = directive.replace(/\s+\S+/g, (url) => (isRefused(new URL(url, location.href).href) ? '' : url));
  return /\s\S/.test(kept) ? kept : '';
}
