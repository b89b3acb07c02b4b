import { pathMatches } from '../origins/host-source';
import { isOwnCsp, splitPolicies } from '../csp/own-csp-header';
import { CSP_MARKER } from '../csp/document-csp';
import type { CompiledPolicy } from '../compiled-policy/compiled-policy';
import { lookAt } from './look-at';

/**
 * Says that documents, or the worker, are sent without their locks. Looks first: a lock may stand in the HTML.
 * @param url of what was seen without one
 * @param isWorker whether that is the worker's script; otherwise it is a document
 */
export async function sayMissingLock(url: string, isWorker: boolean, { exclude = [] }: CompiledPolicy): Promise<void> {
  if (exclude.some((path) => pathMatches(path, new URL(url).pathname))) return;
  const { response } = await lookAt(url);
  if (!response?.ok) return;
  const isLocked = splitPolicies(response.headers.get('content-security-policy')).some(isOwnCsp);
  if (isLocked || (!isWorker && (await response.text()).includes(CSP_MARKER))) return;
  console.warn(
    `cookie-gatekeeper: ${url} is sent without its lock, ${isWorker ? 'and follows redirects to anybody' : 'so that what its HTML names loads before the visitor agrees'}. ` +
      'Print all lines for your server (nginx, or another): npx cookie-gatekeeper lock policy.json --format nginx. ' +
      'In nginx, a location with an add_header of its own takes over none from outside; "always" is for error pages, too. ' +
      `Then look at all of it: npx cookie-gatekeeper check policy.json ${location.origin}/`,
  );
}
