import type { Gatekeeper } from './gatekeeper';

/** The same for all that is built of this package, which may be in a page twice: as its own files, and in a bundle. */
const RUNNING = Symbol.for('cookie-gatekeeper');

interface Page {
  [RUNNING]?: Gatekeeper;
}

/** The gatekeeper of this page, if it has one. */
export function runningGatekeeper(): Gatekeeper | undefined {
  return (window as Page)[RUNNING];
}

/** Has a page know its gatekeeper: two of them would each put placeholders into it, and listen to its controls. */
export function keepRunning(gatekeeper: Gatekeeper): Gatekeeper {
  return ((window as Page)[RUNNING] = gatekeeper);
}
