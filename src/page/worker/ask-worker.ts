import { messageSW } from 'workbox-window/build/workbox-window.prod.mjs';
import { message, type Asks, type Replies, type Reply } from '../../messages/messages';
import { GuardError } from './guard-error';
import { serviceWorkers } from './service-workers';
import { withTimeout } from '../with-timeout';

/** A worker that has to be started first answers in tens to hundreds of milliseconds. */
const REPLY_LIMIT_MS = 3_000;

/**
 * Asks twice where no answer comes: a browser may stop a worker while it answers.
 * @throws {GuardError} (rejects) when the worker fails or does not answer
 */
export async function askWorker<T extends keyof Asks>(
  worker: ServiceWorker,
  asked: Asks[T] & { type: T },
): Promise<Replies[T]> {
  const ask = () =>
    withTimeout(REPLY_LIMIT_MS, messageSW(worker, message(asked)), `the worker did not answer "${asked.type}"`);
  const reply = (await ask().catch(ask)) as Reply;
  if (reply.type === 'failed') throw new GuardError('refused-by-worker', reply.message);
  return reply as Replies[T];
}

/**
 * Asks our active worker, whether or not it controls this page.
 * @param url absolute URL of its script
 * @returns undefined where no worker is active: the next one reads the record when it starts
 * @throws {GuardError} (rejects) when the worker fails or does not answer
 */
export async function askActiveWorker<T extends keyof Asks>(
  url: string,
  asked: Asks[T] & { type: T },
): Promise<Replies[T] | undefined> {
  const worker = controllingWorker(url) ?? (await serviceWorkers()?.getRegistration())?.active;
  return worker?.scriptURL === url ? askWorker<T>(worker, asked) : undefined;
}

/** The worker that controls this page, if it is ours. */
export function controllingWorker(url: string): ServiceWorker | undefined {
  const controller = serviceWorkers()?.controller;
  return controller?.scriptURL === url ? controller : undefined;
}
