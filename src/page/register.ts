import { Workbox } from 'workbox-window/build/workbox-window.prod.mjs';
import { askWorker, ourController } from './ask-worker';
import { GuardError, type GuardFailure } from './guard-error';
import { serviceWorkers } from './service-workers';
import type { TrustedScripts } from './trusted-scripts';
import { within } from './within';

/** A slow phone installs a worker in a few seconds; past this, something is wrong. */
const CONTROL_LIMIT_MS = 10_000;
const OUT_OF_SCOPE = 'may not control this page. Serve it at the root, or with Service-Worker-Allowed.';

/**
 * Registers the worker, for a page that it does not control.
 * @param url absolute URL of the worker's script
 * @param scope the pages that it is for; the script's folder without it
 * @returns the worker, as soon as it controls this page
 * @throws {GuardError} (rejects) saying why it does not, and what to do
 */
export async function register(url: string, scope: string | undefined, trusted: TrustedScripts): Promise<ServiceWorker> {
  if (!serviceWorkers()) {
    throw new GuardError('unsupported', 'no service workers here. They need https or localhost, and often a window that is not private.');
  }
  await checkScope(url, new URL(scope ?? './', scope === undefined ? url : document.baseURI).href);
  const workbox = new Workbox(trusted.url(url), { scope, updateViaCache: 'none' });
  const registration = await workbox.register({ immediate: true }).catch(async (error: unknown) => {
    throw isForbidden(url, trusted)
      ? new GuardError('trusted-types', `the site requires Trusted Types. Permit ours in its Content-Security-Policy: trusted-types cookie-gatekeeper. ${error}`, { cause: error })
      : await diagnose(url, error);
  });
  return within(CONTROL_LIMIT_MS, takeControl(url, registration?.active ?? workbox.active), `${url} did not take control`);
}

/** Waits until our worker controls this page. It claims its pages when it is new; after a hard reload it is not, and has to be asked. */
async function takeControl(url: string, worker: ServiceWorker | Promise<ServiceWorker>): Promise<ServiceWorker> {
  const changed = () => new Promise<unknown>((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
  if (!ourController(url)) await askWorker(await worker, { type: 'claim' });
  while (!ourController(url)) await changed();
  return ourController(url)!;
}

/** Whether the worker could control this page, and without putting an end to one that the site has there. */
async function checkScope(url: string, scope: string): Promise<void> {
  // A worker that is registered for other pages would never take control of this one.
  if (!location.href.startsWith(scope)) throw new GuardError('scope', `${url} ${OUT_OF_SCOPE}`);
  // A scope has one worker.
  const registration = await navigator.serviceWorker.getRegistration(scope);
  const other = registration?.active?.scriptURL;
  if (registration?.scope !== scope || !other || other === url) return;
  throw new GuardError('occupied', `${scope} has a worker already. Put importScripts("${url}") at the top of ${other}, and give createGatekeeper { worker: "${other}" }.`);
}

/** Whether the site's Content-Security-Policy does not permit our Trusted Types. */
function isForbidden(url: string, trusted: TrustedScripts): boolean {
  return 'trustedTypes' in window && typeof trusted.url(url) === 'string';
}

/** The browser only says that registering failed; look at what it was given. */
async function diagnose(url: string, cause: unknown): Promise<GuardError> {
  const { ok, status, redirected, headers } = await fetch(url, { cache: 'no-store' }).catch(() => Response.error());
  const type = headers.get('content-type');
  const [code, why]: [GuardFailure, string] = !ok
    ? ['not-found', `is not there (status ${status}). Put the worker’s file there.`]
    : redirected
      ? ['redirected', 'is redirected. Serve it at its own address.']
      : !/(java|ecma)script/.test(type!)
        ? ['wrong-mime-type', `is served as ${type}. Serve it as text/javascript.`]
        : (cause as Error).name === 'SecurityError'
          ? ['scope', OUT_OF_SCOPE]
          : ['script-error', 'failed to start.'];
  return new GuardError(code, `${url} ${why} ${cause}`, { cause });
}
