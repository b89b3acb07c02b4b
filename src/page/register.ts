import { Workbox } from 'workbox-window/build/workbox-window.prod.mjs';
import { GuardError, type GuardFailure } from './guard-error';
import type { TrustedScripts } from './trusted-scripts';

const OUT_OF_SCOPE = 'may not control this page. Serve it at the root, or with Service-Worker-Allowed.';

/**
 * Registers the worker, for a page that it does not control.
 * @param url absolute URL of the worker's script
 * @param scope the pages that it is for; the script's folder without it
 * @returns the worker, or a promise of it, which is kept when it has been installed and is active
 * @throws {GuardError} (rejects) saying why it could not be registered, and what to do
 */
export async function register(url: string, scope: string | undefined, trusted: TrustedScripts): Promise<{ worker: ServiceWorker | Promise<ServiceWorker> }> {
  if (!('serviceWorker' in navigator)) {
    throw new GuardError('unsupported', 'no service workers here. They need https or localhost, and often a window that is not private.');
  }
  await checkScope(url, new URL(scope ?? './', scope === undefined ? url : document.baseURI).href);
  const workbox = new Workbox(trusted.url(url), { scope, updateViaCache: 'none' });
  const registration = await workbox.register({ immediate: true }).catch(async (error: unknown) => {
    throw trusted.areForbidden()
      ? new GuardError('trusted-types', `the site requires Trusted Types. Permit ours in its Content-Security-Policy: trusted-types cookie-gatekeeper. ${error}`, { cause: error })
      : await diagnose(url, error);
  });
  return { worker: registration?.active ?? workbox.active };
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
