/** How soon a page notices that its worker was unregistered. */
const POLLING_MS = 200;

/**
 * What is waited for of a worker, or undefined once somebody has unregistered it, here or in another tab. It has to be
 * looked for: the state of a worker that is unregistered while it starts, or while a page opens, may stay what it was.
 */
export function unlessTakenAway<T>(worker: ServiceWorker, awaited: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setInterval>;
  const takenAway = new Promise<undefined>((resolve) => {
    timer = setInterval(() => void isRegistered(worker).then((is) => is || resolve(undefined)), POLLING_MS);
  });
  return Promise.race([awaited, takenAway]).finally(() => clearInterval(timer));
}

/** Whether a worker is that of a registration. The page may have another address by now than the one that it is controlled for. */
export async function isRegistered(worker: ServiceWorker): Promise<boolean> {
  const all = await navigator.serviceWorker.getRegistrations();
  return all.some(({ installing, waiting, active }) => [installing, waiting, active].includes(worker));
}
