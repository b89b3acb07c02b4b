import './standalone';
import { loadInterface } from './content/interface-loader';
import { loadBuilt } from './files/load-built';
import type { Asks } from './content/may-ask-by-banner';

/** Put in the place of these words by the command line's `build`. */
declare const __ASKS__: Asks;
declare const __INTERFACE_FILE__: string;
declare const __INTERFACE_MARK__: string;

/** What that file is when it has run. */
declare const gatekeeperInterface: typeof import('../elements/standalone-own');

loadInterface(window.gatekeeper, __ASKS__, async () =>
  (await loadBuilt('interface', __INTERFACE_FILE__, __INTERFACE_MARK__, () => gatekeeperInterface)).start(loadBuilt),
);
