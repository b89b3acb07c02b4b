import type { Receipt } from '../consent/receipt';
import type { GuardedPage } from './guarded-page';

/** What a server answers to what is no receipt to it, and never will be. */
const REFUSED = [400, 413, 415, 422];

/**
 * Posts the receipts that the site's server has not taken yet, oldest first. Each stays stored until the server has,
 * so it is sent again by a later page: after a failure, a restart, or a time without a network. One that the server
 * refuses for what it is is not sent again. The server answers with success, and the receipt's id, for what it has stored.
 * @throws (rejects) when the server cannot be reached: what is left is sent later
 */
export async function sendReceipts({ terms, stored, store }: GuardedPage): Promise<void> {
  const { receipts: path } = terms;
  if (!path) return;
  // One page after the other: what one is sending, another need not send.
  await navigator.locks.request('cookie-gatekeeper:receipts', async () => {
    for (const receipt of (await stored())?.unsent ?? []) {
      if (!(await isDone(receipt, path))) continue;
      await store((record) => record && { ...record, unsent: record.unsent?.filter(({ id }) => id !== receipt.id) });
    }
  });
}

/** @returns whether it need not be sent again */
async function isDone(receipt: Receipt, path: string): Promise<boolean> {
  // Never who: no cookies go with it. Nor is it redirected: nobody has agreed to where.
  const request: RequestInit = { method: 'POST', body: JSON.stringify(receipt), headers: { 'Content-Type': 'application/json' }, credentials: 'omit', redirect: 'error' };
  const response = await fetch(path, request);
  const { ok, status } = response;
  const said = await response.text();
  // A login, or a page for whatever is not found, may be a success as well; but it does not know the receipt.
  if (ok && said.includes(receipt.id)) return true;
  const isRefused = REFUSED.includes(status);
  console.warn(`cookie-gatekeeper ${isRefused ? 'gives up' : 'keeps'} a receipt: ${path} answered ${status} ${said}`);
  return isRefused;
}
