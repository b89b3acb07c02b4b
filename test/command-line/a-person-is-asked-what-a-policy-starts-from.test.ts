import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { commandLine, MAIN } from './command-line';
import { KLARO } from './other-configurations';

/** Gives a command a terminal, and types into it. Of util-linux; other systems' take other options. */
const SCRIPT = '/usr/bin/script';

describe('A person is asked what a policy starts from', () => {
  const { path, read, write, list, succeed } = commandLine();

  before(function () {
    if (process.platform !== 'linux' || !existsSync(SCRIPT)) this.skip();
  });

  /** What is on the terminal in the end. */
  const type = (text: string, ...args: string[]) => {
    const command = [process.execPath, MAIN, 'init', 'policy.json', ...args].join(' ');
    const { stdout } = spawnSync(SCRIPT, ['-qec', command, '/dev/null'], {
      cwd: path(),
      input: text,
      encoding: 'utf8',
      timeout: 30_000,
    });
    return stdout;
  };
  const idsOf = (policy: string) => (JSON.parse(policy) as { services: { id: string }[] }).services.map(({ id }) => id);

  it('a portal, with or without its own banner', () => {
    assert.match(type('1\n'), /What does the policy start from\?[^]*Wrote policy\.json\./);
    const plain = read('policy.json');
    assert.ok(idsOf(plain).includes('matomo'));
    assert.doesNotMatch(plain, /"adopt"/);
    write('policy.json', '');
    assert.match(type('2\n'), /policy\.json exists already, and is kept/);
  });

  it('what another consent manager is told', () => {
    write('klaro.js', KLARO);
    assert.match(type('3\nklaro.js\n'), /Wrote policy\.json, with 4 services of the configuration of Klaro/);
  });

  it('or nothing but the site; asked again where the answer is none', () => {
    type('five\n4\n');
    assert.deepEqual(idsOf(read('policy.json')), ['site']);
    succeed('build', 'policy.json', '--out', 'public');
  });

  it('and nothing is written where nobody answers', () => {
    assert.match(type('\u0004'), /nothing was chosen, and nothing was written/);
    assert.deepEqual(list(), []);
  });

  it('nor is anybody asked who has said it', () => {
    assert.doesNotMatch(type('', '--adopt'), /What does the policy/);
    assert.match(read('policy.json'), /"adopt": true/);
  });
});
