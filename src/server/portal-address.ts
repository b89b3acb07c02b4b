/** What names a server, in the place of a path on the one that has answered: a scheme, or two slashes. */
const NAMES_SERVER = /^\s*([a-z][a-z\d+.-]*:|[\\/]{2})/i;
/** @see https://html.spec.whatwg.org/multipage/document-lifecycle.html#shared-declarative-refresh-steps */
const REFRESH = /^\s*([\d.]+)\s*[;,]?\s*(?:url\s*=\s*)?(["']?)(.*)$/is;

/**
 * The portal's server, as a gateway is told it.
 * @throws {TypeError} when it is no address of a server, or of something on it
 */
export function readPortal(origin: string): URL {
  const portal = URL.canParse(origin) ? new URL(origin) : undefined;
  if (!portal || !/^https?:$/.test(portal.protocol))
    throw new TypeError(
      `cookie-gatekeeper: gateway: origin "${origin}" is no address of a server. Write one such as https://portal.example`,
    );
  if (portal.pathname !== '/' || portal.search || portal.hash)
    throw new TypeError(
      `cookie-gatekeeper: gateway: origin "${origin}" has a path, and what is asked for is asked for at the root. Write ${portal.origin}`,
    );
  return portal;
}

/**
 * Leads whom a response sends on to the gateway, where it would be to the portal, which guards nobody.
 * @param asked what was asked for at the portal
 * @param origin the gateway's, as the visitor has it
 */
export function leadToGateway(headers: Headers, asked: URL, origin: string): void {
  const location = headers.get('location');
  const mapped = location === null ? undefined : atGateway(location, asked, origin);
  if (mapped !== undefined) headers.set('location', mapped);
  const [, seconds, quote, rest] = REFRESH.exec(headers.get('refresh') ?? '') ?? [];
  if (rest === undefined) return;
  const refreshed = atGateway(quote ? rest.split(quote)[0]! : rest, asked, origin);
  if (refreshed !== undefined) headers.set('refresh', `${seconds}; url=${refreshed}`);
}

/** Undefined for what leads elsewhere, and for what is right as it is. */
function atGateway(address: string, asked: URL, origin: string): string | undefined {
  if (!NAMES_SERVER.test(address) || !URL.canParse(address, asked.href)) return undefined;
  const { protocol, host, pathname, search, hash } = new URL(address, asked);
  // Over http, a portal leads on to https itself.
  return /^https?:$/.test(protocol) && host === asked.host ? origin + pathname + search + hash : undefined;
}
