import './standalone';
import { loadInterface } from './interface-loader';
import { besideOwnScript } from './own-script';

/** Put in the place of this word by the command line's `build`. */
declare const __INTERFACE_FILE__: string;

loadInterface(window.gatekeeper, besideOwnScript(__INTERFACE_FILE__));
