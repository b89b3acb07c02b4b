import type { ServiceId } from '../gate/terms';
import type { Policy } from '../policy/schema';

/** Under which wall, and open to which services, a document was served. */
export interface OpenedUnder {
  wall: Policy['wall'];
  services: ServiceId[];
}

const NAME = 'cookie-gatekeeper';

/**
 * The key tells the page how it opened the document, in a header that scripts can read at once:
 * `Server-Timing: cookie-gatekeeper;desc="strict matomo youtube"`.
 * @see https://www.w3.org/TR/server-timing/
 */
export function writeOpenedUnder({ wall, services }: OpenedUnder): string {
  return `${NAME};desc="${[wall, ...services].join(' ')}"`;
}

/** Undefined when the document did not come through the worker. */
export function readOpenedUnder(timings: readonly { name: string; description: string }[]): OpenedUnder | undefined {
  const timing = timings.find(({ name }) => name === NAME);
  if (!timing) return undefined;
  const [wall, ...services] = timing.description.split(' ');
  return { wall: wall as OpenedUnder['wall'], services };
}
