import { openServices } from '../src/csp/wall';
import { sweepCookiesInWorker } from '../src/sweep/sweep-cookies-in-worker';
import type { Gate } from './gate';
import { scope } from './scope';

/** Not in TypeScript's worker library yet. */
export interface CookieChange extends ExtendableEvent {
  /** The cookies that appeared or were changed; deleted ones are not among them. */
  readonly changed: readonly { name: string }[];
}

/** A page that is not ours may write a cookie again whenever it goes: this is enough for anything else. */
const MOST_SWEEPS = 50;
let sweeps = 0;

/**
 * Deletes cookies that appear while none of our pages is open, if services that are not permitted declare them. Open
 * pages see to it themselves: they reach more, and report.
 */
export async function sweepUnattended({ changed }: CookieChange, { rules, consent }: Gate): Promise<void> {
  if (!rules || changed.length === 0 || (await scope.clients.matchAll()).length > 0 || ++sweeps > MOST_SWEEPS) return;
  // From an old copy, the cookie of a service would go that was just permitted.
  if (!(await consent.restore())) return;
  // What is kept is left alone, also where it is among all services.
  const sweeping = { refused: rules.services, kept: openServices(consent.of(''), rules), mirror: rules.cookie };
  await sweepCookiesInWorker(changed.map(({ name }) => name), sweeping);
}
