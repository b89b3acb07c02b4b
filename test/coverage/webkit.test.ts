import { coverEngines } from './engine-coverage';
import { coverFirstVisits } from './first-visits';

describe('every way out, with a strict wall, in WebKit', () => {
  coverEngines(['webkit'], { wall: 'strict', lock: 'header' });
});

coverFirstVisits(['webkit']);
