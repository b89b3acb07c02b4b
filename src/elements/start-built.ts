import { startInterface } from './start-interface';
import type { Interface } from './interface';
import type { Theme } from './theme';

/** Put in the place of this word by the command line’s `build`. */
declare const __INTERFACE__: Pick<Interface, 'policy' | 'texts'>;

/** Starts the interface that a build has prepared, for the page’s gatekeeper. */
export function startBuilt(theme: Theme): void {
  startInterface({ gatekeeper: window.gatekeeper, theme, ...__INTERFACE__ });
}
