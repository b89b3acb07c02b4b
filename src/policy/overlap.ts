import { DEFAULT_PORTS, hostMatches, pathMatches, schemeMatches, type HostSource } from '../csp/host-source';

/** Whether some URL could match both host-sources. Both have a scheme. */
export function sourcesOverlap(a: HostSource, b: HostSource): boolean {
  return schemesOverlap(a, b) && hostsOverlap(a.host, b.host) && portsOverlap(a, b) && pathsOverlap(a.path, b.path);
}

/** Whether some path could match both path-parts. */
export function pathsOverlap(a: string, b: string): boolean {
  return !a || !b || pathMatches(a, b) || pathMatches(b, a);
}

function schemesOverlap(a: HostSource, b: HostSource): boolean {
  return reachable(a).some((scheme) => reachable(b).includes(scheme));
}

function reachable({ scheme = 'https' }: HostSource): string[] {
  return Object.keys(DEFAULT_PORTS).filter((candidate) => schemeMatches(scheme, candidate));
}

function hostsOverlap(a: string, b: string): boolean {
  // Two wildcards overlap when one is below the other: "*.a.example" is inside "*.example".
  return hostMatches(a, b.replace('*', 'x')) || hostMatches(b, a.replace('*', 'x'));
}

function portsOverlap(a: HostSource, b: HostSource): boolean {
  if (a.port === '*' || b.port === '*') return true;
  const ports = ({ port, scheme }: HostSource) => (port ? [port] : reachable({ scheme } as HostSource).map((s) => DEFAULT_PORTS[s]));
  return ports(a).some((port) => ports(b).includes(port));
}
