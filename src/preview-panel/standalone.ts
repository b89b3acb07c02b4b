import { Panel } from './panel';
import type { PanelSettings } from './settings';

/** Put in the place of this word by the preview. */
declare const __PREVIEW__: PanelSettings;

// Frames of the site's own are listed by nobody but themselves; where the gatekeeper could not run, its console says why.
if (window === top && window.gatekeeper) new Panel(__PREVIEW__).show(window.gatekeeper);
