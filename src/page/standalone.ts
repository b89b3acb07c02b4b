import type { Policy } from '../policy/schema';
import { Gatekeeper, type LoadSweep } from './gatekeeper';
import { besideOwnScript } from './own-script';

/** Put in the place of these words by the command line's `build`. */
declare const __POLICY__: Policy;
declare const __WORKER_FILE__: string;
declare const __SWEEP_FILE__: string;

declare global {
  interface Window {
    gatekeeper: Gatekeeper;
  }
}

const loadSweep: LoadSweep = () => import(besideOwnScript(__SWEEP_FILE__)) as ReturnType<LoadSweep>;

window.gatekeeper = new Gatekeeper(__POLICY__, { worker: besideOwnScript(__WORKER_FILE__) }, loadSweep);
// Without a guard the page stays closed, which is no reason to disturb it: say why, and go on.
window.gatekeeper.register().catch((error: unknown) => console.warn(String(error)));
