import { readRecord, updateRecord } from './store';

/** What a server answers to what is no receipt to it, and never will be. */
const REFUSED = [400, 413, 415, 422];

let sending = Promise.resolve();

/**
 * Posts the receipts that the site's server has not taken yet, oldest first. Each stays stored until the server has,
 * so it is sent again by a later call: after a failure, a restart, or a time without a network. One that the server
 * refuses for what it is is not sent again. Never rejects.
 * @param path of the site; undefined where nobody receives them. Answers with success, and the receipt's id, for what
 * it has stored
 */
export function sendReceipts(path: string | undefined): Promise<void> {
  // One after the other: what a first call is sending, a second one need not send.
  if (path) sending = sending.then(() => send(path)).catch((error: unknown) => console.warn('cookie-gatekeeper keeps its receipts:', error));
  return sending;
}

async function send(path: string): Promise<void> {
  const record = await readRecord();
  for (const receipt of record?.unsent ?? []) {
    // Never who: no cookies go with it. Nor is it redirected: nobody has agreed to where.
    const request: RequestInit = { method: 'POST', body: JSON.stringify(receipt), headers: { 'Content-Type': 'application/json' }, credentials: 'omit', redirect: 'error' };
    const response = await fetch(path, request);
    const { ok, status } = response;
    const said = await response.text();
    // A login, or a page for whatever is not found, may be a success as well; but it does not know the receipt.
    const isTaken = ok && said.includes(receipt.id);
    const isRefused = REFUSED.includes(status);
    if (!isTaken) console.warn(`cookie-gatekeeper ${isRefused ? 'gives up' : 'keeps'} a receipt: ${path} answered ${status} ${said}`);
    if (isTaken || isRefused) await updateRecord((stored) => stored && { ...stored, unsent: stored.unsent?.filter(({ id }) => id !== receipt.id) });
  }
}
