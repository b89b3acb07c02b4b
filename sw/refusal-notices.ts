import { message, type Notice, type Refusal } from '../src/messages/messages';
import { workerGlobal } from './worker-global';

/** Enough for a busy page; a page script that loads late asks for what it missed. */
const KEPT = 200;
const kept: { client: string; refusal: Refusal }[] = [];

/** Tells the page that made a request what became of it. */
export function notifyPage(event: FetchEvent, notice: Notice): void {
  if (notice.type === 'refusal') {
    kept.push({ client: event.clientId, refusal: notice.request });
    if (kept.length > KEPT) kept.shift();
  }
  event.waitUntil(post(event.clientId, notice));
}

async function post(clientId: string, notice: Notice): Promise<void> {
  const client = await workerGlobal.clients.get(clientId);
  // Requests of the site's own workers have no page to tell; they are only refused.
  if (client?.type === 'window') client.postMessage(message(notice));
}

/** What was refused to a page since this worker started. */
export function recentRefusals(clientId: string | undefined): Refusal[] {
  return kept.filter(({ client }) => client === clientId).map(({ refusal }) => refusal);
}
