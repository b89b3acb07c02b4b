import { assertCompiledPolicy, type CompiledPolicy } from '../compiled-policy/compiled-policy';
import { Gatekeeper } from './gatekeeper';
import { loadBuilt } from './files/load-built';
import { addressOf, dataset } from './files/own-script';

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

const RUNNING = Symbol.for('cookie-gatekeeper');

/** False where the script is in the page already: two templates may have its tag, and a fragment may bring it again. */
export const isFirst = !(RUNNING in window);

if (isFirst)
  Object.assign(window, {
    [RUNNING]: true,
    gatekeeper: new Gatekeeper(
      () => assertCompiledPolicy(__POLICY__),
      { worker: addressOf('worker', __WORKER_FILE__), scope: dataset['scope'] },
      async () =>
        (await loadBuilt('onDemand', __ON_DEMAND_FILE__, __ON_DEMAND_MARK__, () => gatekeeperOnDemand)).start(
          loadBuilt,
        ),
    ),
  });
