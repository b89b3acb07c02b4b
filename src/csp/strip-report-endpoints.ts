import { wordsOf } from './own-csp-header';

type Refuses = (url: string) => boolean;

/** A member of a list: commas in quotes do not end it. */
const MEMBER = /("(\\.|[^"\\])*"?|[^",])+/g;
/** Its address: what is no text, no browser reads. */
const QUOTED = /"((\\.|[^"\\])*)/;

/**
 * Takes what names an address that the gate refuses out of a document's reporting headers, and no more than that: browsers
 * send reports by themselves, past the worker. What the site's own policies permit and forbid stays as it is.
 *
 * @param headers changed in place
 * @param isRefused whether the gate refuses a URL; it may be relative, or none at all
 * @see https://www.w3.org/TR/CSP3/#directive-report-uri
 * @see https://www.rfc-editor.org/rfc/rfc8941#section-3.2
 */
export function stripReportEndpoints(headers: Headers, isRefused: Refuses): void {
  const closeDirective = (directive: string) => {
    const [name, ...urls] = wordsOf(directive);
    if (name !== 'report-uri') return directive;
    const open = urls.filter((url) => !isRefused(url));
    if (open.length === urls.length) return directive;
    return open.length > 0 ? ` report-uri ${open.join(' ')}` : [];
  };
  for (const name of ['content-security-policy', 'content-security-policy-report-only']) {
    rewrite(headers, name, (policies) =>
      policies.split(',').map((policy) => policy.split(';').flatMap(closeDirective).join(';')),
    );
  }
  rewrite(headers, 'reporting-endpoints', (endpoints) =>
    (endpoints.match(MEMBER) ?? []).filter(
      (member) => !isRefused(QUOTED.exec(member)?.[1]!.replace(/\\(.)/g, '$1') ?? ''),
    ),
  );
}

/** Replaces what a header lists; without anything left, it goes. */
export function rewrite(headers: Headers, name: string, close: (value: string) => string[]): void {
  const closed = close(headers.get(name) ?? '').join(',');
  if (closed) headers.set(name, closed);
  else headers.delete(name);
}
