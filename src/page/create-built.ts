import { assertCompiledPolicy, type CompiledPolicy } from '../compiled-policy/compiled-policy';
import { Gatekeeper } from './gatekeeper';
import { loadBuilt } from './files/load-built';
import type { TagLock } from './document/tag-lock';
import { addressOf, dataset } from './files/own-script';
import { keepRunning, runningGatekeeper } from './running-gatekeeper';

/** Put in the place of these words by the command line's `build`. */
declare const __POLICY__: CompiledPolicy;
declare const __WORKER_FILE__: string;
declare const __ON_DEMAND_FILE__: string;
declare const __ON_DEMAND_MARK__: string;

/** What that file is when it has run. */
declare const gatekeeperOnDemand: typeof import('./standalone-on-demand');

declare global {
  interface Window {
    gatekeeper: Gatekeeper;
  }
}

/**
 * Makes the page's gatekeeper, `window.gatekeeper`.
 * @param shownByMirror where nobody but the tag opens the page
 * @returns false where the script is in the page already: two templates may have its tag, and a fragment may bring it again
 */
export function createBuilt(shownByMirror?: TagLock['shownByMirror']): boolean {
  if (runningGatekeeper()) return false;
  window.gatekeeper = keepRunning(
    new Gatekeeper(
      () => assertCompiledPolicy(__POLICY__),
      { worker: addressOf('worker', __WORKER_FILE__), scope: dataset['scope'] },
      async () =>
        (await loadBuilt('onDemand', __ON_DEMAND_FILE__, __ON_DEMAND_MARK__, () => gatekeeperOnDemand)).start(
          loadBuilt,
        ),
      shownByMirror && { shownByMirror, files: addressOf('onDemand', '') },
    ),
  );
  return true;
}
