/** A violation of a Content-Security-Policy, as an event or a report has it. */
export interface Violation extends Pick<
  SecurityPolicyViolationEvent,
  'effectiveDirective' | 'originalPolicy' | 'disposition'
> {
  /** Of an event. */
  blockedURI?: string;
  /** Of a report. */
  blockedURL?: string;
}

/**
 * What a Content-Security-Policy has refused before this script ran, which a bundler may have made wait for the whole
 * page. Safari does not tell.
 * @see https://www.w3.org/TR/reporting-1/#reporting-observer
 */
export function earlierViolations(): Violation[] {
  if (!('ReportingObserver' in window)) return [];
  const observer = new ReportingObserver(() => {}, { types: ['csp-violation'], buffered: true });
  observer.observe();
  const reports = observer.takeRecords();
  observer.disconnect();
  return reports.map(({ body }) => body as Violation);
}
