import { message } from '../src/messages/messages';
import { workerGlobal } from './worker-global';

/** Browsers end a worker half a minute after its last event, Firefox also while it is answering. */
const INTERVAL_MS = 10_000;

let underway = 0;
let interval: ReturnType<typeof setInterval>;

/**
 * A response's body, however long it takes. Firefox cuts off what a worker is answering when it ends the worker, which it does a
 * minute after its last event; an answer that is under way is none. So the site's pages are asked to send a message meanwhile.
 * @see https://github.com/w3c/ServiceWorker/issues/1182
 */
export function keptAlive(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  if (underway++ === 0) interval = setInterval(askToWake, INTERVAL_MS);
  const ended = () => {
    if (--underway === 0) clearInterval(interval);
  };
  body.pipeTo(writable).then(ended, ended);
  return readable;
}

async function askToWake(): Promise<void> {
  for (const page of await workerGlobal.clients.matchAll()) page.postMessage(message({ type: 'wake-me' }));
}
