import { shownByMirror } from './document/tag-lock';
import { startWithInterface } from './start-with-interface';

// For a site that sends no lock.
startWithInterface(shownByMirror);
