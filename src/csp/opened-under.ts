import type { ServiceId } from '../gate/terms';
import type { Policy } from '../policy/schema';

/** Under which wall, and open to which services, a document was served. */
export interface OpenedUnder {
  wall: Policy['wall'];
  services: ServiceId[];
  /** Those of them that the visitor has allowed for this document only. */
  once: readonly ServiceId[];
}

const NAME = 'cookie-gatekeeper';
const ONCE = 'once:';

/**
 * The key tells the page how it opened the document, in a header that scripts can read at once:
 * `Server-Timing: cookie-gatekeeper;desc="strict matomo once:youtube"`.
 * @see https://www.w3.org/TR/server-timing/
 */
export function writeOpenedUnder({ wall, services, once }: OpenedUnder): string {
  return `${NAME};desc="${[wall, ...services.map((id) => (once.includes(id) ? ONCE + id : id))].join(' ')}"`;
}

/**
 * Reads how the document was opened: by the worker, where it came through one, and otherwise by the server's own key.
 * @returns undefined when nobody opened it
 */
export function readOpenedUnder(timings: readonly { name: string; description: string }[]): OpenedUnder | undefined {
  // The worker replaces the server's wall, and adds its timing behind the server's.
  const timing = timings.filter(({ name }) => name === NAME).at(-1);
  if (!timing) return undefined;
  const [wall, ...services] = timing.description.split(' ');
  const once = services.filter((service) => service.startsWith(ONCE)).map((service) => service.slice(ONCE.length));
  return { wall: wall as OpenedUnder['wall'], services: services.map((service) => service.replace(ONCE, '')), once };
}
