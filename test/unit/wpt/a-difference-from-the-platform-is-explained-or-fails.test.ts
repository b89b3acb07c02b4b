import assert from 'node:assert/strict';
import { compared, lost, passed } from '../../wpt/differences';
import type { Results } from '../../wpt/run-page';

const results = (tests: Record<string, string | undefined>): Results => new Map(Object.entries(tests));

describe('A difference from the platform is explained, or fails', () => {
  it('counts as lost what fails, or is not run, with us only', () => {
    const without = results({ same: undefined, worse: undefined, gone: undefined, bad: 'fails', better: 'fails' });
    const withOurs = results({ same: undefined, worse: 'not equal', bad: 'fails', better: undefined });
    assert.deepEqual(lost(without, withOurs), ['worse', 'gone']);
    assert.deepEqual([passed(without), passed(withOurs)], [3, 2]);
  });

  it('tells what is new from what was named, and what has vanished on the pages that were run', () => {
    const known = { 'a.html': { named: 'why', over: 'why' }, 'not-run.html': { other: 'why' } };
    const found = [
      { page: 'a.html', test: 'named' },
      { page: 'b.html', test: 'named' },
    ];
    assert.deepEqual(compared(found, known, ['a.html', 'b.html']), {
      unknown: [{ page: 'b.html', test: 'named' }],
      vanished: [{ page: 'a.html', test: 'over' }],
    });
  });
});
