import type { ServiceId } from '../compiled-policy/compiled-policy';
import type { Gatekeeper } from '../page/gatekeeper';
import type { ConsentView } from '../page/gatekeeper-events';

/** What an adapter needs of the page's gatekeeper. */
export interface ConsentSource extends Pick<
  Gatekeeper,
  'ready' | 'allows' | 'addEventListener' | 'removeEventListener'
> {
  readonly consent: Pick<ConsentView, 'state' | 'choices'>;
}

/**
 * Refuses ids that would never be permitted, because the policy has no such service, and an empty list of them,
 * which always would be.
 * @param option names, in the error, where the ids were written
 * @throws {TypeError} naming them, and the services that there are
 */
export function checkServices(gatekeeper: ConsentSource, option: string, ids: readonly ServiceId[]): void {
  const known = Object.keys(gatekeeper.consent.choices);
  const unknown = ids.filter((id) => !known.includes(id));
  if (ids.length > 0 && unknown.length === 0) return;
  const wrong =
    ids.length === 0 ? 'names no service' : `the policy does not have ${unknown.map((id) => `"${id}"`).join(', ')}`;
  throw new TypeError(
    `cookie-gatekeeper: ${option}: ${wrong}. Services of the policy: ${known.join(', ') || 'none; it may be broken'}.`,
  );
}

/**
 * Calls back with the consent as it is: as soon as it has been read, and after every change.
 * @returns a function that ends this
 */
export function followConsent(gatekeeper: ConsentSource, changed: () => void): () => void {
  let following = true;
  const tell = () => {
    if (following) changed();
  };
  void gatekeeper.ready.then(tell);
  gatekeeper.addEventListener('consentchange', tell);
  return () => {
    following = false;
    gatekeeper.removeEventListener('consentchange', tell);
  };
}
