import type { LoadBuilt } from './files/load-built';
import { onDemandWith } from './on-demand';

/** Put in the place of these words by the command line's `build`. */
declare const __BUILD__: string;
declare const __DIAGNOSIS_FILE__: string;
declare const __DIAGNOSIS_MARK__: string;

/** What that file is when it has run. */
declare const gatekeeperDiagnosis: typeof import('../diagnosis/standalone');

export const build = __BUILD__;
export const start = (load: LoadBuilt) =>
  onDemandWith(() => load('diagnosis', __DIAGNOSIS_FILE__, __DIAGNOSIS_MARK__, () => gatekeeperDiagnosis));
