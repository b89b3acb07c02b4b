export type Violation = Pick<SecurityPolicyViolationEvent, 'blockedURI' | 'effectiveDirective' | 'originalPolicy' | 'disposition'>;

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
  return reports.map(({ body }) => {
    const { blockedURL: blockedURI, effectiveDirective, originalPolicy, disposition } = body as Omit<Violation, 'blockedURI'> & { blockedURL: string };
    return { blockedURI, effectiveDirective, originalPolicy, disposition };
  });
}
