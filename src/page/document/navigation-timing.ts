/** How this document was asked for, and answered. Undefined in some sandboxed documents. */
export function navigationTiming(): PerformanceNavigationTiming | undefined {
  const [timing] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return timing;
}
