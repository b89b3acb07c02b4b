import { openServices } from '../src/csp/document-csp';
import { sweepCookiesInWorker } from '../src/sweep/sweep-cookies-in-worker';
import type { WorkerState } from './respond-to';
import { workerGlobal } from './worker-global';

/** Not in TypeScript's worker library yet. */
export interface CookieChange extends ExtendableEvent {
  /** The cookies that appeared or were changed; deleted ones are not among them. */
  readonly changed: readonly { name: string }[];
}

/**
 * Between two sweeps, in milliseconds: a page that is not ours may write a cookie again whenever it goes. What appears
 * meanwhile waits.
 */
const GAP_MS = 1000;

/** The names of the cookies that wait. */
const seen = new Set<string>();
let due: Promise<void> | undefined;
let sweptAt = -GAP_MS;

/**
 * Deletes cookies that appear while none of our pages is open, if services that are not permitted declare them. Open
 * pages see to it themselves: they reach more, and report.
 */
export async function sweepWithoutPages({ changed }: CookieChange, state: WorkerState): Promise<void> {
  for (const { name } of changed) seen.add(name);
  if (seen.size > 0) await (due ??= sweepSoon(state));
}

async function sweepSoon({ policy, consent }: WorkerState): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, sweptAt + GAP_MS - performance.now()));
  const names = [...seen];
  seen.clear();
  due = undefined;
  if (!policy || policy.reportOnly || (await workerGlobal.clients.matchAll()).length > 0) return;
  // From an old copy, the cookie of a service would go that was just permitted.
  if (!(await consent.restore())) return;
  sweptAt = performance.now();
  // What is kept is left alone, also where it is among all services.
  await sweepCookiesInWorker(names, {
    refused: policy.services,
    kept: openServices(consent.of(''), policy),
    mirror: policy.cookie,
  });
}
