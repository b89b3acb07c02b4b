/** A worker that is not there by then has something to say in its console. */
const MOST_MS = 5_000;

/** Loads the page again, once the worker of the new policy is there: the one before opens nothing under it. */
export async function loadUnderNewPolicy(): Promise<void> {
  const late = new Promise((resolve) => setTimeout(resolve, MOST_MS));
  await Promise.race([workerUpdated().catch(console.warn), late]);
  location.reload();
}

async function workerUpdated(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.update();
  const worker = registration?.installing ?? registration?.waiting;
  if (!worker) return;
  await new Promise<void>((resolve) => {
    const look = () => /^(activated|redundant)$/.test(worker.state) && resolve();
    worker.addEventListener('statechange', look);
    look();
  });
}
