import { DEFAULT_PORTS, hostMatches, pathMatches, schemeMatches, type HostSource } from '../csp/host-source';

/** Whether some URL could match both host-sources. Both have a scheme. */
export function sourcesOverlap(a: HostSource, b: HostSource): boolean {
  const shared = Object.keys(DEFAULT_PORTS).filter((scheme) => schemeMatches(a.scheme!, scheme) && schemeMatches(b.scheme!, scheme));
  return shared.some((scheme) => portsOverlap(a, b, scheme)) && hostsOverlap(a.host, b.host) && pathsOverlap(a.path, b.path);
}

/** Whether some path could match both path-parts. */
export function pathsOverlap(a: string, b: string): boolean {
  return !a || !b || pathMatches(a, b) || pathMatches(b, a);
}

function hostsOverlap(a: string, b: string): boolean {
  // Two wildcards overlap when one is below the other: "*.a.example" is inside "*.example".
  return hostMatches(a, b.replace('*', 'x')) || hostMatches(b, a.replace('*', 'x'));
}

function portsOverlap(a: HostSource, b: HostSource, scheme: string): boolean {
  const port = (source: HostSource) => Number(source.port ?? DEFAULT_PORTS[scheme]);
  return a.port === '*' || b.port === '*' || port(a) === port(b);
}
