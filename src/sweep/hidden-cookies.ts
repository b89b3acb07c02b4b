import { scopesOfPath } from './cookie-scopes';
import type { SweepReport } from './report';
import { whoseTrace, type Sweeping } from './sweeping';
import { visibleCookies } from './visible-cookies';

const PROBE = 'cookie-gatekeeper-probe';
/** After which a probe goes by itself, where the page was left before it could be deleted. */
const PROBE_SECONDS = 10;

/**
 * Cookies of refused services that scripts on this page do not see: set with `HttpOnly`, or for other paths. Those
 * of paths that the policy declares are told to go; those with `HttpOnly` are found out where the policy has their whole
 * names and they are set for the whole site.
 * @returns what may still be there, and why
 */
export async function hiddenCookies(sweeping: Sweeping): Promise<SweepReport['remaining']> {
  const remaining: SweepReport['remaining'] = [];
  for (const { id, cookies = [] } of sweeping.refused) {
    for (const { name, path = '/' } of cookies) {
      if (whoseTrace(name, 'cookie', sweeping)?.id !== id || visibleCookies().includes(name)) continue;
      const why = isUnder(path, location.pathname) ? await whyHidden(name) : tellToGo(name, path);
      if (why) remaining.push({ service: id, kind: 'cookie', name, why });
    }
  }
  return remaining;
}

function tellToGo(name: string, path: string): string {
  if (name.includes('*')) return `It is set for ${path}, and goes when a page there is opened.`;
  for (const scope of scopesOfPath(path, location.hostname)) document.cookie = `${name}=; Max-Age=0${scope}`;
  return `It is set for ${path}, and was told to go: only a page there sees whether it has.`;
}

async function whyHidden(name: string): Promise<string> {
  return !name.includes('*') && (await isHttpOnly(name)) ? 'It is HttpOnly: no script can delete it, the server has to.' : '';
}

/** A script's cookie does not replace one that is HttpOnly (RFC 6265bis, 5.7): it is not seen then, where another name is. */
async function isHttpOnly(name: string): Promise<boolean> {
  const [prefix = ''] = /^__(Host|Secure)-/i.exec(name) ?? [];
  for (const scope of scopesOfPath('/', location.hostname)) {
    if ((await canSet(prefix + PROBE, scope)) && !(await canSet(name, scope))) return true;
  }
  return false;
}

async function canSet(name: string, scope: string): Promise<boolean> {
  const { cookieStore } = window as Partial<Window>;
  document.cookie = `${name}=; Max-Age=${PROBE_SECONDS}${scope}`;
  // Firefox shows a document what it has set, until it hears that this was not taken; its cookieStore knows.
  const isSeen = cookieStore ? !!(await cookieStore.get(name)) : visibleCookies().includes(name);
  document.cookie = `${name}=; Max-Age=0${scope}`;
  return isSeen;
}

/** As cookies' paths match (RFC 6265bis, 5.1.4). */
function isUnder(path: string, pathname: string): boolean {
  return pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
}
