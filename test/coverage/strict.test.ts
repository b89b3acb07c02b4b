import { coverEngines } from './engine-coverage';

describe('every way out, with a strict wall', () => {
  coverEngines(['chromium', 'firefox'], { wall: 'strict', lock: 'header' });
});
