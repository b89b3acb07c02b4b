import type { Consent } from '../src/consent/record';
import { LOCK_MARKER, openServices, wall } from '../src/csp/wall';
import { writeOpenedUnder } from '../src/csp/opened-under';
import { decide } from '../src/gate/decide';
import type { Rules } from '../src/gate/rules';
import { blankMetaLock } from './blank-meta-lock';
import { closeReports } from './close-reports';
import type { Gate } from './gate';

const CSP = 'content-security-policy';
/** Documents that can run scripts or hold frames, and scripts of workers; anything else is served as it came. */
const CARRIES_WALL = /html|xml|script/;

/**
 * Whether a worker may fetch a document for the browser. Not what a form posts: Firefox would send it with the
 * site's own origin, whoever posted it, and so undo the site's protection against forged requests.
 */
export function mayTurnKey({ method }: Request): boolean {
  return method === 'GET';
}

/**
 * Serves a document, or the script of one of the site's workers, with the wall in place of the lock.
 * When anything goes wrong the response is served as it came: with its lock, so closed.
 */
export async function turnKey(event: FetchEvent, gate: Gate): Promise<Response> {
  const { request, resultingClientId: page } = event;
  const { consent } = gate;
  if (request.destination === 'document') consent.passes.open(request.url.replace(/#.*/, ''), page);
  // The page that changed the record may have gone away before it could tell. Read while the network is waited for, it
  // delays nothing.
  const [response] = await Promise.all([load(event), consent.refreshed()]);
  try {
    return withWall(response, gate, page);
  } catch (error) {
    console.error('cookie-gatekeeper could not open:', request.url, error);
    return response;
  }
}

/** @param url as a site may write it in a header: relative, or none at all */
function isRefused(url: string, consent: Consent, rules: Rules): boolean {
  try {
    return decide({ url: new URL(url, location.href).href, site: location.href }, consent, rules).action === 'refuse';
  } catch {
    return true;
  }
}

async function load(event: FetchEvent): Promise<Response> {
  return ((await event.preloadResponse) as Response | undefined) ?? fetch(event.request);
}

function withWall(response: Response, { rules, consent }: Gate, page: string): Response {
  // Redirects and errors pass untouched: the browser handles each of their steps itself.
  if (!rules || response.type !== 'basic') return response;
  const current = consent.of(page);
  const once = current.once ?? [];
  const policies = response.headers.get(CSP)?.split(/,\s*/) ?? [];
  const ownPolicies = policies.filter((policy) => !policy.includes(LOCK_MARKER));
  const locked = ownPolicies.length < policies.length;
  const type = response.headers.get('content-type') ?? '';
  if (rules.wall === 'off' ? once.length === 0 : !locked && !CARRIES_WALL.test(type)) return response;

  const headers = new Headers(response.headers);
  const open = openServices(current, rules);
  headers.append('server-timing', writeOpenedUnder({ wall: rules.wall, services: open.map(({ id }) => id), once }));
  if (rules.wall !== 'off') {
    headers.set(CSP, [...ownPolicies, wall(open, rules)].join(', '));
    closeReports(headers, (url) => isRefused(url, current, rules));
  }
  const { status, statusText } = response;
  // A page may carry the lock in its HTML, where headers cannot be set.
  const body = /html/.test(type) ? (response.body?.pipeThrough(blankMetaLock()) ?? null) : response.body;
  return new Response(body, { status, statusText, headers });
}
