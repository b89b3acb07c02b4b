import assert from 'node:assert/strict';
import { commandLine } from './command-line';

/** Nobody answers there: whoever visits it says so. */
const SITE = 'http://127.0.0.1:1/';

describe('An audit refuses before it visits', () => {
  const { fail, write, read } = commandLine();

  it('to write over a policy that somebody has written', () => {
    write('policy.json', '{ "revision": "mine" }');
    assert.match(
      fail('audit', SITE, '--out', 'policy.json'),
      /policy\.json exists already, and is kept\. .*--policy policy\.json.*another name: --out /,
    );
    assert.equal(read('policy.json'), '{ "revision": "mine" }');
  });
});
