import assert from 'node:assert/strict';
import { commandLine } from './command-line';

const SITE = 'http://127.0.0.1:9/';

describe('An audit keeps what is there, and says so before it visits anything', () => {
  const { fail, read, write } = commandLine();

  it('a policy that a person has written', () => {
    write('policy.json', 'mine');
    assert.match(
      fail('audit', SITE, '--out', 'policy.json'),
      /exists already, and is kept\. Add --policy policy\.json/,
    );
    assert.equal(read('policy.json'), 'mine');
  });

  for (const option of ['--out', '--report'])
    it(`where ${option} names a folder that there is not`, () => {
      assert.match(fail('audit', SITE, option, 'nowhere/file'), /nowhere\/file cannot be written: .*Make its folder/);
    });
});
