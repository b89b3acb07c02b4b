import type { Policy } from '../src/policy/schema';
import { startGatekeeping } from './index';

/** Put in the place of these words by the command line's `build`. */
declare const __POLICY__: Policy;
declare const __WORKER_FILE__: string;

// Under another name, this file was brought in by the site's own worker (importScripts).
startGatekeeping(__POLICY__, { alone: location.pathname.endsWith(`/${__WORKER_FILE__}`) });
