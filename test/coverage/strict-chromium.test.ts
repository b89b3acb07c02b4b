import { coverEngines } from './engine-coverage';

describe('every way out, with a strict wall, in Chromium', () => {
  coverEngines(['chromium'], { wall: 'strict', lock: 'header' });
});
