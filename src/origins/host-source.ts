/**
 * A CSP host-source (`https://*.example.com:8443/path/`), taken apart.
 * @see https://www.w3.org/TR/CSP3/#grammardef-host-source
 */
export interface HostSource {
  /** Lower case, without the colon; undefined means "the scheme of the protected page". */
  scheme?: string;
  /** Lower case; `*.example.com` for every subdomain of example.com, but not example.com itself. */
  host: string;
  /** Digits, `*` for every port; undefined means the scheme's default port. */
  port?: string;
  /** Starts with `/`. Ending in `/` it stands for everything below, otherwise for exactly itself; empty: every path. */
  path: string;
}

// The path is made of RFC 3986's path characters; those that separate directives and policies are left out.
const HOST_SOURCE =
  /^(?:([a-z][a-z0-9+.-]*):\/\/)?((?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.?)(?::(\d+|\*))?(\/(?!\/)(?:[\w.~!$&'()*+=:@/-]|%[0-9a-f]{2})*)?$/i;
export const DEFAULT_PORTS: Record<string, string> = { http: '80', https: '443', ws: '80', wss: '443' };
const UPGRADES: Record<string, string[]> = { http: ['https'], ws: ['wss', 'http', 'https'], wss: ['https'] };

/** Takes a host-source apart; undefined when the text is not one (`*`, `https:` and keywords are not). */
export function parseHostSource(text: string): HostSource | undefined {
  const [, scheme, host, port, path = ''] = HOST_SOURCE.exec(text) ?? [];
  return host ? { scheme: scheme?.toLowerCase(), host: host.toLowerCase(), port, path } : undefined;
}

/**
 * "Does url match expression in origin?" of CSP Level 3, for host-sources and a request that was not
 * redirected. One deviation, shared with every browser: IPv4 hosts match literally.
 * @param url the request's URL
 * @param source the host-source
 * @param self an absolute URL of the protected page's origin, whose scheme a source without one takes
 * @see https://www.w3.org/TR/CSP3/#match-url-to-source-expression
 */
export function matchesHostSource(url: URL, source: HostSource, self: URL): boolean {
  const scheme = url.protocol.slice(0, -1);
  return (
    schemeMatches(source.scheme ?? self.protocol.slice(0, -1), scheme) &&
    hostMatches(source.host, url.hostname) &&
    portMatches(source.port, url.port, scheme) &&
    pathMatches(source.path, url.pathname)
  );
}

/** scheme-part matching: equal, or an upgrade to the secure scheme. */
function schemeMatches(pattern: string, scheme: string): boolean {
  return pattern === scheme || !!UPGRADES[pattern]?.includes(scheme);
}

/** host-part matching: equal, or below the wildcard. */
function hostMatches(pattern: string, host: string): boolean {
  return pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : pattern === host;
}

/** port-part matching; `port` is empty for the scheme's default port, as in `URL.port`. */
function portMatches(pattern: string | undefined, port: string, scheme: string): boolean {
  if (pattern === '*') return true;
  const wanted = pattern ? String(Number(pattern)) : '';
  return wanted === port || (port === '' && wanted === DEFAULT_PORTS[scheme]);
}

/** path-part matching: a prefix when the pattern ends in `/`, otherwise exact; compared percent-decoded. */
export function pathMatches(pattern: string, path: string): boolean {
  if (!pattern) return true;
  if (!pattern.includes('%') && !path.includes('%'))
    return pattern.endsWith('/') ? path.startsWith(pattern) : path === pattern;
  const wanted = pattern.split('/');
  const pieces = path.split('/');
  if (wanted.length > pieces.length) return false;
  if (pattern.endsWith('/')) wanted.pop();
  else if (wanted.length !== pieces.length) return false;
  return wanted.every((piece, index) => decode(piece) === decode(pieces[index]!));
}

/** Percent-decoding gives bytes, whatever they mean: here, one character for each. */
function decode(piece: string): string {
  return piece.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
