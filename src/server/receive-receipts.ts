import { parseReceipt } from './parse-receipt';
import { problem } from './problem';
import { readPosted } from './read-posted';
import { receiptFolder } from './receipt-folder';
import { storeOnce, type ReceiptStorage } from './receipt-storage';

/** A clock that is set to the wrong time zone is off by no more than this. */
const CLOCK_TOLERANCE_MS = 24 * 60 * 60 * 1000;

/** Browsers send no more than 64 KiB after a page is closed (`keepalive`), so that no receipt is larger. */
const LARGEST_BODY = 64 * 1024;

/**
 * Makes the handler of the path that pages send their receipts to: one receipt a request, `POST`, as
 * `application/json`. Nothing but the receipt is kept: no address, no user agent.
 *
 * | status | means |
 * | --- | --- |
 * | 201 | stored: from now on it is there, whole |
 * | 200 | a receipt with this id was there already, and was left as it was |
 * | 400, 413, 415, 405 | not a receipt, too large, not JSON, not a POST: sending it again is of no use |
 * | 409 | from more than a day in the future: keep the receipt, and send it again when its time has come |
 * | 403 | sent by a page of another site |
 * | 503 | the storage failed: keep the receipt, and send it again |
 *
 * The first two have the receipt's id as their body, which tells the page that it was understood: `{ "id": "…" }`. All
 * others say what was wrong, as `application/problem+json`.
 *
 * @param storage path of a folder, or any storage of unstorage. One that writes in place may be left with part of
 * a receipt when the server is killed; that part never counts, and is replaced when the receipt is sent again
 */
export function receiveReceipts(storage: string | ReceiptStorage): (request: Request) => Promise<Response> {
  const store = storeOnce(typeof storage === 'string' ? receiptFolder(storage) : storage);
  return async (request) => {
    const read = await readPosted(request, { name: 'receipt', largest: LARGEST_BODY });
    if (read instanceof Response) return read;
    const parsed = parseReceipt(read.json);
    if ('mistakes' in parsed) return problem(400, `${parsed.mistakes.slice(0, 10).join('. ')}.`);
    const { receipt } = parsed;
    if (receipt.time > Date.now() + CLOCK_TOLERANCE_MS)
      return problem(
        409,
        'The receipt is from more than a day in the future. Set the clock, keep the receipt, and send it again later.',
      );
    try {
      const outcome = await store(receipt);
      return Response.json(
        { id: receipt.id },
        { status: outcome === 'stored' ? 201 : 200, headers: { 'Cache-Control': 'no-store' } },
      );
    } catch (error) {
      console.error('cookie-gatekeeper could not store a receipt:', error);
      return problem(503, 'The receipt could not be stored. Keep it, and send it again later.');
    }
  };
}
