import { scopesOfPath } from './cookie-scopes';
import { domainLevels } from '../origins/domain-levels';
import { expire } from './remove-cookie';
import type { SweepReport } from './report';
import { ownerOf, type SweepScope } from './sweep-scope';
import { visibleCookies } from './visible-cookies';

/**
 * Cookies of refused services that scripts on this page do not see: set with `HttpOnly`, or for other paths. Those
 * of paths that the policy declares are told to go; those with `HttpOnly` are found out in Chromium, where the policy has
 * their whole names and they are set for the whole site. No cookie is set to find out.
 * @returns what may still be there, and why
 */
export async function hiddenCookies(sweeping: SweepScope): Promise<SweepReport['remaining']> {
  const seen = visibleCookies();
  const looked = sweeping.refused.flatMap(({ id, cookies = [] }) =>
    cookies.map(async ({ name, path = '/' }) => {
      const isHere = ownerOf(name, 'cookie', sweeping)?.id !== id || seen.includes(name);
      const why = !isHere && (isUnder(path, location.pathname) ? await whyHidden(name) : tellToGo(name, path));
      return why ? [{ service: id, kind: 'cookie' as const, name, why }] : [];
    }),
  );
  return (await Promise.all(looked)).flat();
}

function tellToGo(name: string, path: string): string {
  if (name.includes('*')) return `It is set for ${path}, and goes when a page there is opened.`;
  expire(name, scopesOfPath(path, location.hostname));
  return `It is set for ${path}, and was told to go: only a page there sees whether it has.`;
}

async function whyHidden(name: string): Promise<string> {
  return !name.includes('*') && (await isHttpOnly(name))
    ? 'It is HttpOnly: no script can delete it, the server has to.'
    : '';
}

/**
 * Chromium refuses to delete a cookie that is HttpOnly, and has nothing against deleting one that is not there. In
 * Firefox both seem to be done, and pages on http cannot ask.
 */
async function isHttpOnly(name: string): Promise<boolean> {
  // No cookie is set for a top-level domain.
  for (const domain of [null, ...domainLevels(location.hostname).slice(0, -1)]) {
    // Nor for other public suffixes, nor for any domain under names with `__Host-`: there, deleting is always refused.
    if ((await refusesToDelete(name, domain)) && !(await refusesToDelete(`${name}.cookie-gatekeeper`, domain)))
      return true;
  }
  return false;
}

function refusesToDelete(name: string, domain: string | null): Promise<boolean> | undefined {
  return (window as Partial<Window>).cookieStore?.delete({ name, domain }).then(
    () => false,
    () => true,
  );
}

/** As cookies' paths match (RFC 6265bis, 5.1.4). */
function isUnder(path: string, pathname: string): boolean {
  return pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
}
