import { rewrite } from '../csp/strip-report-endpoints';

/** A member of either header. */
interface Told {
  group?: string;
  endpoints?: { url?: string }[];
  report_to?: string;
  max_age?: number;
}

/**
 * The same as `closeReports` for what browsers keep, and use, for as long as a response says: groups of the first Reporting
 * API, and the log of network errors that is sent to one. Browsers take them from the network, before any worker.
 *
 * @param headers changed in place
 * @param mayBeRefused whether the gate may refuse a URL to somebody, some day; it may be relative, or none at all
 * @see https://www.w3.org/TR/network-error-logging/
 */
export function stripStoredReportEndpoints(headers: Headers, mayBeRefused: (url: string) => boolean): void {
  rewrite(headers, 'report-to', (groups) => closeGroups(groups, mayBeRefused));
  // Of a group that is not here, nobody knows where it leads.
  rewrite(headers, 'nel', (log) => (logsTo(log, headers.get('report-to')) ? [log] : []));
}

/** `{ "group": "…", "endpoints": [{ "url": "…" }] }, …`; browsers read nothing of a list that is broken. */
function closeGroups(groups: string, mayBeRefused: (url: string) => boolean): string[] {
  const parsed = readList(groups);
  const isOpen = (endpoint: { url?: string } | null) => !mayBeRefused(String(endpoint?.url));
  const endpointsOf = ({ endpoints }: Told) => (Array.isArray(endpoints) ? endpoints : []);
  if (parsed.length > 0 && parsed.every((group) => endpointsOf(group).length > 0 && endpointsOf(group).every(isOpen)))
    return [groups];
  const closed = parsed.map((group) => ({ ...group, endpoints: endpointsOf(group).filter(isOpen) }));
  return closed.filter(({ endpoints }) => endpoints.length > 0).map((group) => JSON.stringify(group));
}

function logsTo(log: string, groups: string | null): boolean {
  const names = readList(groups ?? '').map(({ group = 'default' }) => group);
  const logs = readList(log);
  // With the age 0 the browser forgets what it was told before.
  return logs.length > 0 && logs.every(({ report_to: name = '', max_age: age }) => age === 0 || names.includes(name));
}

function readList(value: string): Told[] {
  try {
    return (JSON.parse(`[${value}]`) as unknown[]).filter(
      (member): member is Told => !!member && typeof member === 'object',
    );
  } catch {
    return [];
  }
}
