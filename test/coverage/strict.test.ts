import { coverEngines } from './engine-coverage';
import { coverFirstVisits } from './first-visits';
import { states } from './states';

describe('every way out, with a strict wall', () => {
  // A page that loads itself again is measured by `npm run coverage`: it lets through what it is granted, or loses some.
  coverEngines(
    ['chromium', 'firefox'],
    { wall: 'strict', lock: 'header' },
    states.filter(({ reloads }) => !reloads),
  );
});

coverFirstVisits(['chromium', 'firefox']);
