import { coverEngines } from './engine-coverage';

describe('every way out, with a strict wall, in WebKit', () => {
  coverEngines(['webkit'], { wall: 'strict', lock: 'header' });
});
