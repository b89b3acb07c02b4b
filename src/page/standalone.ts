import { checkTerms, type Terms } from '../gate/terms';
import { Gatekeeper, type LoadOnDemand } from './gatekeeper';
import { loadScript } from './load-script';
import { besideOwnScript } from './own-script';

/** Put in the place of these words by the command line's `build`. */
declare const __TERMS__: Terms;
declare const __WORKER_FILE__: string;
declare const __ON_DEMAND_FILE__: string;

/** What that file is when it has run. */
declare const gatekeeperOnDemand: Awaited<ReturnType<LoadOnDemand>>;

declare global {
  interface Window {
    gatekeeper: Gatekeeper;
  }
}

const loadOnDemand: LoadOnDemand = () => loadScript(besideOwnScript(__ON_DEMAND_FILE__)).then(() => gatekeeperOnDemand);

window.gatekeeper = new Gatekeeper(() => checkTerms(__TERMS__), { worker: besideOwnScript(__WORKER_FILE__) }, loadOnDemand);
// Without a guard the page stays closed, which is no reason to disturb it: say why, and go on.
window.gatekeeper.register().catch(console.warn);
