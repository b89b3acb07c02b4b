import assert from 'node:assert/strict';
import { renameSync, rmSync } from 'node:fs';
import { commandLine } from './command-line';
import { startCommand, type RunningCommand } from './running-command';
import { SAMPLE, sampleWith } from '../unit/sample-policy';

describe('A build follows the policy file', () => {
  const { write, read, path } = commandLine();
  let running: RunningCommand;
  afterEach(() => running.end());

  const revised = (revision: string) => JSON.stringify(sampleWith((policy) => (policy.revision = revision)));

  it('however an editor saves it, until it has a mistake; then the files stay, and it is said', async () => {
    write('policy.json', JSON.stringify(SAMPLE));
    running = startCommand(path(), 'build', 'policy.json', '--out', 'public', '--watch');
    await running.says(/Then see whether all is as it should be/);
    assert.ok(read('public', 'gatekeeper.js').includes(SAMPLE.revision));

    write('policy.json', revised('second'));
    await running.says(/policy\.json has changed: wrote public again/);
    assert.ok(read('public', 'gatekeeper.js').includes('"second"'));

    write('policy.json', revised('third').slice(0, -1));
    await running.says(/^cookie-gatekeeper: policy\.json is not JSON: line 1/m);
    write('policy.json', JSON.stringify({ ...SAMPLE, wall: 'brick' }));
    await running.says(/^ {2}line 1, column \d+: wall: "brick": write "strict"/m);
    assert.ok(read('public', 'gatekeeper.js').includes('"second"'));

    write('new.json', revised('fourth'));
    renameSync(path('new.json'), path('policy.json'));
    await running.says(/(wrote public again[\s\S]*){2}/);
    assert.ok(read('public', 'gatekeeper-sw.js').includes('"fourth"'));

    rmSync(path('policy.json'));
    await running.says(/^cookie-gatekeeper: policy\.json could not be read: there is no such file/m);
    write('policy.json', revised('fifth'));
    await running.says(/(wrote public again[\s\S]*){3}/);

    write('policy.json', revised('fifth').slice(0, -1));
    await running.says(/(policy\.json is not JSON[\s\S]*){2}/);
    write('policy.json', revised('fifth'));
    await running.says(/(wrote public again[\s\S]*){4}/);
    assert.doesNotMatch(running.said(), /^\s+at /m);
  });
});
