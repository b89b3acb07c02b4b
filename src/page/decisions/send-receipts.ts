import type { Receipt } from '../../consent/receipt';
import type { PageContext } from '../page-context';
/** What a server answers to what is no receipt to it, and never will be. */
const REFUSED = [400, 413, 415, 422];

/** A server that is started again is back in a moment. */
const SHORTEST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60 * 60 * 1000;
/**
 * For so long the server is believed when it says to come again. A pause that has more left was noted under another clock, and a
 * receipt from later was made under one: the server takes it when its time has come, and the others need not wait for that.
 */
const DAY_MS = 24 * LONGEST_PAUSE_MS;

/** For a network that swallows what it is given. */
const ANSWER_LIMIT_MS = 30_000;

let timer: ReturnType<typeof setTimeout> | undefined;
/** Where the browser has no locks, one after the other on this page. What two tabs send at once is kept once, by its id. */
let lastRound = Promise.resolve();
let isNetworkBack = false;

/**
 * Posts the receipts that the site's server has not taken yet, oldest first. Each stays stored until the server has,
 * so it is sent again later: after a failure, a restart, or a time without a network. One that the server refuses for what
 * it is is not sent again. The server answers with success, and the receipt's id, for what it has stored.
 *
 * At the first failure the others wait as well, in all pages: each time for twice as long, up to an hour. A page that stays open
 * goes on after that.
 * @throws (rejects) when the stored record cannot be read or changed
 */
export async function sendReceipts(page: PageContext): Promise<void> {
  const { receipts: path } = page.policy;
  if (!path) return;
  const round = () => sendAll(page, location.origin + path);
  // One page after the other: what one is sending, another need not send.
  if (navigator.locks) await navigator.locks.request('cookie-gatekeeper:receipts', round);
  else await (lastRound = lastRound.then(round, round));
}

async function sendAll(page: PageContext, url: string): Promise<void> {
  // Before the page's own listener, which sends them then.
  window.addEventListener('online', noteNetwork, true);
  clearTimeout(timer);
  const { unsent = [], pause = { until: 0, length: 0 } } = (await page.stored()) ?? {};
  let wait = pause.until - Date.now();
  if (isNetworkBack || !(wait > 0 && wait < DAY_MS)) {
    isNetworkBack = false;
    const retryAfter = await sendEach(unsent, url, page).catch((error: unknown) => {
      console.warn(error);
      return '';
    });
    if (retryAfter === undefined || !navigator.onLine) return;
    const length = Math.min(2 * pause.length, LONGEST_PAUSE_MS) || SHORTEST_PAUSE_MS;
    const said = Number(retryAfter) * 1000 || Date.parse(retryAfter) - Date.now() || 0;
    wait = Math.max(length, Math.min(said, DAY_MS - 1));
    const until = Date.now() + wait;
    await page.store((record) => record && { ...record, pause: { until, length } });
  }
  timer = setTimeout(() => void sendReceipts(page).catch(console.warn), wait);
}

function noteNetwork(): void {
  isNetworkBack = true;
}

/**
 * @returns undefined when the server has taken all, or refused them for good; otherwise its `Retry-After` for the first that it
 * has not, empty without one
 * @throws (rejects) where there is no answer
 */
async function sendEach(unsent: Receipt[], url: string, { store }: PageContext): Promise<string | undefined> {
  let credentials: RequestCredentials = 'omit';
  for (const receipt of unsent) {
    if (receipt.time > Date.now() + DAY_MS) continue;
    let response = await post(receipt, url, credentials);
    if (credentials === 'omit' && (await isBehindLogIn(response))) {
      credentials = 'same-origin';
      response = await post(receipt, url, credentials);
    }
    const { ok, status, headers } = response;
    const said = await response.text();
    // A login, or a page for whatever is not found, may be a success as well; but it does not know the receipt.
    if (!ok || !said.includes(receipt.id)) {
      const isRefused = REFUSED.includes(status);
      console.warn(
        `cookie-gatekeeper ${isRefused ? 'gives up' : 'keeps'} a receipt: ${url} answered ${status} ${said}`,
      );
      if (!isRefused) return headers.get('Retry-After') ?? '';
    }
    await store(
      (record) =>
        record && { ...record, pause: undefined, unsent: record.unsent?.filter(({ id }) => id !== receipt.id) },
    );
  }
}

/** Not redirected: nobody has agreed to where. */
function post(receipt: Receipt, url: string, credentials: RequestCredentials): Promise<Response> {
  const headers = { 'Content-Type': 'application/json' };
  // Safari 15 does not know it.
  const signal = AbortSignal.timeout?.(ANSWER_LIMIT_MS);
  return fetch(url, {
    method: 'POST',
    body: JSON.stringify(receipt),
    headers,
    credentials,
    redirect: 'manual',
    signal,
  });
}

/**
 * Whether the path is behind a log-in that the visitor has passed to see this page: then, and only then, a receipt goes with
 * what every request of the page goes with. Where a name and a password are asked for, this page has to ask for the same
 * ones: for others the browser would ask the visitor.
 */
async function isBehindLogIn(response: Response): Promise<boolean> {
  // A redirect that is not followed has no status.
  if (![0, 401, 403].includes(response.status)) return false;
  const challenge = challengeOf(response);
  return (
    !challenge ||
    challengeOf(
      await fetch(location.origin + location.pathname + location.search, {
        method: 'HEAD',
        credentials: 'omit',
        redirect: 'manual',
      }),
    ) === challenge
  );
}

/** Its scheme and realm; what may follow is different each time. */
function challengeOf({ headers }: Response): string | undefined {
  return headers.get('WWW-Authenticate')?.split(',')[0];
}
