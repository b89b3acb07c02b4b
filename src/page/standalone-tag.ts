import { shownByMirror } from './document/tag-lock';
import { startBuilt } from './start-built';

// For a site that sends no lock.
startBuilt(shownByMirror);
