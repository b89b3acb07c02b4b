import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Example } from '../../example/portal';
import type { ReceivedRequest } from '../../example/third-parties/received-request';
import type { ThirdParty } from '../../example/third-parties/third-party';

export interface TestedExample extends Example {
  thirdParties: Example['thirdParties'] & { partner: ThirdParty };
}

/** Whose server counts: third parties', and Eulerian's on the portal's own host. */
export type Counted = keyof TestedExample['thirdParties'];

/** What a tab sends to mark a moment; it is not counted. */
export const SENTINEL = '/sentinel';
/** Loopback delivers within a few milliseconds, also on a busy machine. */
const QUIET_MS = 150;
const LIMIT_MS = 10_000;
const POLL_MS = 20;

/** What a third party's server has received. */
export function received({ requests }: { requests: ReceivedRequest[] }): ReceivedRequest[] {
  return requests.filter(({ path }) => path !== SENTINEL);
}

/** How many requests a third party's server has received. */
export function hits(thirdParty: { requests: ReceivedRequest[] }): number {
  return received(thirdParty).length;
}

let running: Mocha.Runnable | undefined;

/** Tells which test runs, so that it is not tried again when something has got out in it. */
export function noteRunning(test: Mocha.Runnable | undefined): void {
  running = test;
}

/** Asserts that the servers of some third parties have received nothing. A leak that is there only sometimes is one. */
export function assertNothingReached({ thirdParties }: TestedExample, ...ids: Counted[]): void {
  const reached = ids.flatMap((id) =>
    received(thirdParties[id]).map(({ method, path, query }) => `${id}: ${method} ${path}${query}`),
  );
  if (reached.length > 0) running?.retries(0);
  assert.deepEqual(reached, []);
}

/** Starts all counts again from zero. */
export function countAfresh({ thirdParties }: TestedExample): void {
  for (const { requests } of Object.values(thirdParties)) requests.length = 0;
}

/** Waits until nothing new has arrived anywhere for a while. `Tab.quiet` also sends a sentinel first. */
export async function nothingArrives({ thirdParties }: Pick<Example, 'thirdParties'>): Promise<void> {
  const total = () => Object.values(thirdParties).reduce((sum, { requests }) => sum + requests.length, 0);
  const limit = Date.now() + LIMIT_MS;
  let before: number;
  do {
    if (Date.now() > limit) throw new Error(`Requests kept arriving for ${LIMIT_MS} ms.`);
    before = total();
    await pause(QUIET_MS);
  } while (total() > before);
}

/** Waits until a condition holds. */
export async function until(
  condition: () => unknown,
  what: string,
  limitMs = LIMIT_MS,
  pollMs = POLL_MS,
): Promise<void> {
  const limit = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > limit) throw new Error(`Waited ${limitMs} ms in vain until ${what}.`);
    await pause(pollMs);
  }
}
