/**
 * A `Set-Cookie` without the attribute `Domain`, so that a browser keeps the cookie for the host that has sent it.
 * @param isLeftOut whether a domain is; every one, where it is not given
 */
export function withoutDomain(setCookie: string, isLeftOut: (domain: string) => boolean = () => true): string {
  const [pair, ...attributes] = setCookie.split(';');
  const kept = attributes.filter((attribute) => {
    const domain = /^\s*domain\s*=\s*\.?(.*?)\s*$/i.exec(attribute)?.[1];
    return domain === undefined || !isLeftOut(domain.toLowerCase());
  });
  return [pair, ...kept].join(';');
}

/**
 * Keeps the cookies of a portal for whoever stands in front of it: a browser drops those that name the portal's domain, where it
 * asks another. A domain that both are in stays.
 * @param headers a response's; changed in place
 * @param portal the host that has set them
 * @param host the one that a browser has asked
 */
export function keepCookies(headers: Headers, portal: string, host: string): void {
  const cookies = headers.getSetCookie();
  headers.delete('set-cookie');
  for (const cookie of cookies)
    headers.append(
      'set-cookie',
      withoutDomain(cookie, (domain) => isIn(domain, portal) && !isIn(domain, host)),
    );
}

/** @see https://www.rfc-editor.org/rfc/rfc6265#section-5.1.3 */
function isIn(domain: string, host: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}
