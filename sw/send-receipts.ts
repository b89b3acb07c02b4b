import { readRecord, updateRecord } from '../src/consent/store';

let sending: Promise<void> | undefined;

/**
 * Posts the receipts that the site's server has not accepted yet, oldest first. Each stays stored until it has
 * been, so it is sent again by a later call: after a failure, a restart, or a time without a network.
 * @param path of the site; answers any status of success for what it has stored
 */
export function sendReceipts(path: string): Promise<void> {
  // One after the other: what a first call is sending, a second one need not send.
  sending = (sending ?? Promise.resolve()).then(() => send(path)).catch((error: unknown) => console.warn('cookie-gatekeeper keeps its receipts:', error));
  return sending;
}

async function send(path: string): Promise<void> {
  const record = await readRecord();
  for (const receipt of record?.unsent ?? []) {
    // Never who: no cookies go with it.
    const request: RequestInit = { method: 'POST', body: JSON.stringify(receipt), headers: { 'Content-Type': 'application/json' }, credentials: 'omit' };
    const { ok, status } = await fetch(path, request);
    if (ok) await updateRecord((stored) => stored && { ...stored, unsent: stored.unsent?.filter(({ id }) => id !== receipt.id) });
    else console.warn(`cookie-gatekeeper keeps its receipts: ${path} answered ${status}`);
  }
}
