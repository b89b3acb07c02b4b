import type { CompiledPolicy } from '../src/compiled-policy/compiled-policy';
import { blankMetaLock } from './blank-meta-lock';
import { startWith } from './index';

/** Put in the place of these words by the command line's `build`. */
declare const __POLICY__: CompiledPolicy;
declare const __WORKER_FILE__: string;

// For a site that has its lock in the HTML.
startWith(() => __POLICY__, { alone: location.pathname.endsWith(`/${__WORKER_FILE__}`), blankMetaLock });
