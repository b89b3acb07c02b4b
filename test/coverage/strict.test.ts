import { coverEngines } from './engine-coverage';
import { coverFirstVisits } from './first-visits';

describe('every way out, with a strict wall', () => {
  coverEngines(['chromium', 'firefox'], { wall: 'strict', lock: 'header' });
});

coverFirstVisits(['chromium', 'firefox']);
