import { wordsOf } from './own-csp-header';

type Refuses = (url: string) => boolean;

/** A member of a list: commas in quotes do not end it. */
const MEMBER = /(?:"(?:\\.|[^"\\])*"?|[^",])+/g;
const QUOTED = /"((?:\\.|[^"\\])*)/g;

interface ReportingGroup {
  group?: string;
  endpoints?: { url?: string }[];
}

/**
 * Takes what names an address that the gate refuses out of a response's reporting headers, and no more than that: browsers
 * send reports by themselves, past the worker. What the site's own policies permit and forbid stays as it is.
 *
 * @param headers changed in place
 * @param isRefused whether the gate refuses a URL now; it may be relative, or none at all
 * @param mayBeRefused the same for what browsers keep, and use, for days after this response
 */
export function closeReports(headers: Headers, isRefused: Refuses, mayBeRefused = isRefused): void {
  const rewrite = (name: string, close: (value: string) => string) => {
    const value = headers.get(name);
    if (!value) return;
    const closed = close(value);
    if (closed === value) return;
    if (/[^\s,;]/.test(closed)) headers.set(name, closed);
    else headers.delete(name);
  };
  for (const name of ['content-security-policy', 'content-security-policy-report-only']) rewrite(name, (value) => closeReportUris(value, isRefused));
  rewrite('reporting-endpoints', (value) => closeEndpoints(value, isRefused));
  rewrite('report-to', (value) => closeGroups(value, mayBeRefused));
  // A log of network errors is sent to a group of this header; of one that is not here, nobody knows where it leads.
  rewrite('nel', (value) => (logsTo(value, headers.get('report-to')) ? value : ''));
}

function closeReportUris(policies: string, isRefused: Refuses): string {
  const closeDirective = (directive: string) => {
    const [name, ...urls] = wordsOf(directive);
    if (name !== 'report-uri') return directive;
    const open = urls.filter((url) => !isRefused(url));
    if (open.length === urls.length) return directive;
    return open.length > 0 ? ` report-uri ${open.join(' ')}` : [];
  };
  return policies.split(',').map((policy) => policy.split(';').flatMap(closeDirective).join(';').trim()).join(', ');
}

/**
 * `name="address", …`
 * @see https://www.rfc-editor.org/rfc/rfc8941#section-3.3.3
 */
function closeEndpoints(endpoints: string, isRefused: Refuses): string {
  const namesRefused = (member: string) => [...member.matchAll(QUOTED)].some(([, text]) => isRefused(text!.replace(/\\(.)/g, '$1')));
  const members = endpoints.match(MEMBER) ?? [];
  const open = members.filter((member) => !namesRefused(member));
  return open.length === members.length ? endpoints : open.map((member) => member.trim()).join(', ');
}

/** `{ "group": "…", "endpoints": [{ "url": "…" }] }, …`; browsers read nothing of a list that is broken. */
function closeGroups(groups: string, isRefused: Refuses): string {
  try {
    const parsed = JSON.parse(`[${groups}]`) as ReportingGroup[];
    const closed = parsed.map((group) => ({ ...group, endpoints: group.endpoints?.filter(({ url }) => !isRefused(String(url))) }));
    const isOpen = closed.every(({ endpoints }, index) => endpoints?.length === parsed[index]!.endpoints?.length);
    return isOpen ? groups : closed.filter(({ endpoints }) => endpoints?.length).map((group) => JSON.stringify(group)).join(', ');
  } catch {
    return '';
  }
}

function logsTo(log: string, groups: string | null): boolean {
  try {
    const { report_to: name, max_age: age } = JSON.parse(log) as { report_to?: string; max_age?: number };
    // With the age 0 the browser forgets what it was told before.
    return age === 0 || (JSON.parse(`[${groups ?? ''}]`) as ReportingGroup[]).some(({ group = 'default', endpoints }) => group === name && !!endpoints?.length);
  } catch {
    return false;
  }
}
