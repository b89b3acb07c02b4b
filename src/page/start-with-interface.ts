import type { Asks } from '../compiled-policy/asks';
import { createBuilt } from './create-built';
import { loadInterface } from './content/interface-loader';
import type { TagLock } from './document/tag-lock';
import { loadBuilt } from './files/load-built';

/** Put in the place of these words by the command line's `build`. */
declare const __ASKING__: Asks;
declare const __INTERFACE_FILE__: string;
declare const __INTERFACE_MARK__: string;

/** What that file is when it has run. */
declare const gatekeeperInterface: typeof import('../elements/standalone-own');

/** Starts a page's gatekeeper as it was built, with an interface. */
export function startWithInterface(shownByMirror?: TagLock['shownByMirror']): void {
  if (!createBuilt(shownByMirror)) return;
  // The visitor is asked first: until the worker is there, the server's lock holds.
  const asked = loadInterface(window.gatekeeper, __ASKING__, async () =>
    (await loadBuilt('interface', __INTERFACE_FILE__, __INTERFACE_MARK__, () => gatekeeperInterface)).start(loadBuilt),
  );
  // Without a guard the page stays closed, which is no reason to disturb it: say why, and go on.
  window.gatekeeper.register({ after: asked }).catch(console.warn);
}
