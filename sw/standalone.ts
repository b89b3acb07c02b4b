import type { CompiledPolicy } from '../src/compiled-policy/compiled-policy';
import { startWith } from './index';

/** Put in the place of these words by the command line's `build`. */
declare const __POLICY__: CompiledPolicy;
declare const __WORKER_FILE__: string;

// Under another name, this file was brought in by the site's own worker (importScripts).
startWith(() => __POLICY__, { alone: location.pathname.endsWith(`/${__WORKER_FILE__}`) });
