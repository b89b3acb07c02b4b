import { coverEngines } from './engine-coverage';
import { coverFirstVisits } from './first-visits';
import { states } from './states';

describe('every way out, with a strict wall', () => {
  // A page that loads itself again is measured by `npm run leaks`: it lets through what it is granted, or loses some.
  coverEngines(['chromium', 'firefox'], { wall: 'strict', lock: 'header' }, (engine) =>
    states.filter(({ reloads, testedIn = engine }) => !reloads && testedIn === engine),
  );
});

coverFirstVisits(['chromium', 'firefox']);
