import type { Policy } from '../policy/schema';
import { createGatekeeper, type Gatekeeper } from './index';

/** Put in the place of these words by the command line's `build`. */
declare const __POLICY__: Policy;
declare const __WORKER_FILE__: string;

declare global {
  interface Window {
    gatekeeper: Gatekeeper;
  }
}

const script = document.currentScript as HTMLScriptElement | null;
const worker = new URL(__WORKER_FILE__, script?.src || document.baseURI).href;

window.gatekeeper = createGatekeeper(__POLICY__, { worker });
// Without a guard the page stays closed, which is no reason to disturb it: say why, and go on.
window.gatekeeper.register().catch((error: unknown) => console.warn(String(error)));
