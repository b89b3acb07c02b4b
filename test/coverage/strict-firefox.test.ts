import { coverEngines } from './engine-coverage';

describe('every way out, with a strict wall, in Firefox', () => {
  coverEngines(['firefox'], { wall: 'strict', lock: 'header' });
});
