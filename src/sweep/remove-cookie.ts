import { writeCookie } from '../dom/write-cookie';
import { cookieScopes } from './cookie-scopes';
import { visibleCookies } from './visible-cookies';

/** Where a cookie is set, which Chromium tells. The specification has no more than name and value. */
interface SeenCookie {
  path?: string;
  /** Null for a cookie of the host alone. */
  domain?: string | null;
  partitioned?: boolean;
}

/**
 * Deletes the cookies of a name that scripts see on this page: where the browser says that they are set, or else wherever
 * they could be.
 *
 * Not through `cookieStore.delete`: it does not reach every path in Chromium, nor partitioned cookies in Firefox.
 * @throws {Error} (rejects) when there still is one
 */
export async function removeCookie(name: string): Promise<void> {
  const told = (await seenCookies(name)).filter(({ path }) => path);
  for (const scopes of [told.map(scopeOf), ...cookieScopes(location)]) {
    expire(name, scopes);
    if ((await seenCookies(name)).length === 0) return;
  }
  throw new Error('No script can delete it; the server may.');
}

/** @param scopes as attributes for `document.cookie` */
export function expire(name: string, scopes: string[]): void {
  for (const scope of scopes) writeCookie(`${name}=; Max-Age=0${scope}`);
}

/** Through `cookieStore` where there is one: `document.cookie` makes the page wait for all that was just written. */
async function seenCookies(name: string): Promise<SeenCookie[]> {
  const { cookieStore } = window as Partial<Window>;
  return cookieStore
    ? (cookieStore.getAll(name) as Promise<SeenCookie[]>)
    : visibleCookies()
        .filter((seen) => seen === name)
        .map(() => ({}));
}

function scopeOf({ path, domain, partitioned }: SeenCookie): string {
  return `; Path=${path}; Secure${domain ? `; Domain=${domain}` : ''}${partitioned ? '; Partitioned' : ''}`;
}
