import { startInterface } from './start-interface';
import type { Interface } from './interface';
import type { Theme } from './theme';

/** Put in the place of these words by the command line’s `build`. */
declare const __INTERFACE__: Pick<Interface, 'policy' | 'texts'>;
declare const __BUILD__: string;

/** Pages start what was built together with them only: what it shows is the policy that they keep to. */
export const build = __BUILD__;

/** Starts the interface that a build has prepared, for the page’s gatekeeper. */
export function startBuilt(theme: Theme): void {
  startInterface({ gatekeeper: window.gatekeeper, theme, ...__INTERFACE__ });
}
