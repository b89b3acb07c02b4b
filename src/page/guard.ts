import { messageSW, Workbox } from 'workbox-window/build/workbox-window.prod.mjs';
import { message, type Asks, type Replies, type Reply } from '../messages/messages';
import { GuardError, type GuardFailure } from './guard-error';
import { within } from './within';

/** A slow phone installs a worker in a few seconds; past this, something is wrong. */
const GUARD_LIMIT_MS = 10_000;
/** A worker that has to be started first answers in tens to hundreds of milliseconds. */
const REPLY_LIMIT_MS = 5_000;

const OUT_OF_SCOPE = 'may not control this page. Serve it at the root, or with Service-Worker-Allowed.';

/**
 * Registers the worker and waits until it really guards this page: it controls it, and it answers.
 * @param url absolute URL of the worker's script
 * @param scope the pages that it is for; the script's folder without it
 * @param record id of the consent record that the page knows: the worker reads again if it knows another
 * @throws {GuardError} (rejects) saying why the page is not guarded
 */
export async function guardPage(url: string, scope: string | undefined, record: string | undefined): Promise<Replies['hello']> {
  if (!('serviceWorker' in navigator)) {
    throw new GuardError('unsupported', 'no service workers here. They need https or localhost, and often a window that is not private.');
  }
  await checkScope(url, new URL(scope ?? './', scope === undefined ? url : document.baseURI).href);
  const workbox = new Workbox(url, { scope, updateViaCache: 'none' });
  const registration = await workbox.register({ immediate: true }).catch(async (error: unknown) => {
    // An older worker that controls the page guards it, whatever becomes of its successor.
    if (!ourController(url)) throw await diagnose(url, error);
  });
  const active = registration?.active ?? workbox.active;
  const worker = await within(GUARD_LIMIT_MS, takeControl(url, active), `${url} did not take control`);
  return askWorker(worker, { type: 'hello', record });
}

/**
 * Asks our active worker, whether or not it controls this page.
 * @returns undefined where no worker is active: the next one reads the record when it starts
 * @throws {GuardError} (rejects) when the worker fails or does not answer
 */
export async function askActive<T extends keyof Asks>(url: string, asked: Asks[T] & { type: T }): Promise<Replies[T] | undefined> {
  const { serviceWorker } = navigator as Partial<Navigator>;
  const worker = ourController(url) ?? (await serviceWorker?.getRegistration())?.active;
  return worker?.scriptURL === url ? askWorker<T>(worker, asked) : undefined;
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

function ourController(url: string): ServiceWorker | undefined {
  const controller = (navigator as Partial<Navigator>).serviceWorker?.controller;
  return controller?.scriptURL === url ? controller : undefined;
}

async function takeControl(url: string, active: ServiceWorker | Promise<ServiceWorker>): Promise<ServiceWorker> {
  const changed = () => new Promise<unknown>((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
  // A worker claims its pages when it is new. After a hard reload it is not, and has to be asked.
  if (!ourController(url)) await askWorker(await active, { type: 'claim' });
  while (!ourController(url)) await changed();
  return ourController(url)!;
}

async function askWorker<T extends keyof Asks>(worker: ServiceWorker, asked: Asks[T] & { type: T }): Promise<Replies[T]> {
  const reply = (await within(REPLY_LIMIT_MS, messageSW(worker, message(asked)), `the worker did not answer "${asked.type}"`)) as Reply;
  if (reply.type === 'failed') throw new GuardError('refused-by-worker', reply.message);
  return reply as Replies[T];
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
