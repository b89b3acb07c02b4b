import { stripReportEndpoints } from '../../csp/strip-report-endpoints';
import { stripStoredReportEndpoints } from '../../server/strip-stored-report-endpoints';
import type { SiteWithPolicy } from './site';
import { problem, type Finding } from './finding';

const CSP = 'content-security-policy';

/** Where reports of the document go, past worker and lock. */
export function* reportProblems({ page, isRefused }: SiteWithPolicy): Generator<Finding> {
  const refused = new Set<string>();
  const headers = new Headers(page.headers);
  const noted = (url: string) => isRefused(url) && !!refused.add(url);
  stripReportEndpoints(headers, noted);
  stripStoredReportEndpoints(headers, noted);
  for (const name of [CSP, `${CSP}-report-only`, 'reporting-endpoints', 'report-to', 'nel']) {
    const value = page.headers.get(name);
    if (value === null || withoutSpace(value) === withoutSpace(headers.get(name))) continue;
    const named = [...refused].filter((url) => value.includes(url));
    const where =
      name === 'nel'
        ? 'whose group is not among those that the policy permits'
        : `which names ${named.join(', ') || 'what cannot be read'}, and the policy refuses that`;
    yield problem(
      'reports-refused',
      `The document is sent with ${SPELLED[name] ?? name} ${where}: browsers report there by themselves.`,
      `${name === 'nel' || name === 'report-to' ? 'Unset it on your server, and switch network error logging off at your CDN.' : 'Take it out.'}`,
    );
  }
}

const SPELLED: Record<string, string> = {
  [CSP]: 'a Content-Security-Policy (report-uri)',
  [`${CSP}-report-only`]: 'a Content-Security-Policy-Report-Only (report-uri)',
  'reporting-endpoints': 'Reporting-Endpoints',
  'report-to': 'Report-To',
  nel: 'NEL',
};

function withoutSpace(value: string | null): string {
  return (value ?? '').replace(/[\s,;]+/g, '');
}
