import { builtIn } from '../dom/built-in';

/** A worker is installed in some seconds. */
const UPDATE_LIMIT_MS = 10_000;

let hasWaited = false;

/**
 * Page and worker are of different builds. After a release, the browser may not have replaced the worker yet: waits for
 * that, once. Otherwise one of them is from a cache: says so.
 * @param page and `worker` are the revisions of their policies
 * @param greet asks the worker that is there then
 */
export async function settleBuilds(page: string, worker: string, greet: () => Promise<void>): Promise<void> {
  if (!hasWaited) {
    hasWaited = true;
    await newWorker();
    return greet();
  }
  console.warn(
    `cookie-gatekeeper: the page has revision "${page}" of the policy, and the worker has "${worker}": they are of different builds, and what only one of them permits is refused. ` +
      'Deploy all files of a build together, and let no cache keep an old one: send gatekeeper.js with Cache-Control: no-cache, or with a hash in its name.',
  );
  // What the browser's own cache holds is put right for the next page.
  for (const { src } of builtIn(document).querySelectorAll<HTMLScriptElement>('script[src*=gatekeeper]'))
    void fetch(src, { cache: 'reload' }).catch(() => {});
}

/** Looks for a newer worker, and waits until it has taken over, if there is one. */
async function newWorker(): Promise<void> {
  const { serviceWorker } = navigator;
  const changed = new Promise((resolve) => serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
  const registration = await serviceWorker.getRegistration();
  await registration?.update().catch(() => {});
  if (!registration?.installing && !registration?.waiting) return;
  await Promise.race([changed, new Promise((resolve) => setTimeout(resolve, UPDATE_LIMIT_MS))]);
}
