/**
 * The host and all domains above it, up to the last label: a page may have set cookies for any of them. The browser
 * knows which are public suffixes, and refuses these.
 */
export function domainLevels(hostname: string): string[] {
  const labels = hostname.split('.');
  return labels.map((_, level) => labels.slice(level).join('.'));
}
