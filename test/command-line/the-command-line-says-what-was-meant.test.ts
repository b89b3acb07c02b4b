import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { COMMANDS } from '../../src/cli/all-commands';
import { overview, usageOf } from '../../src/cli/usage';
import { commandLine, MAIN } from './command-line';
import { SAMPLE } from '../unit/sample-policy';

describe('The command line says what was meant', () => {
  const { succeed, fail, misuse, run, list, path, read, write } = commandLine();

  it('of a command that there is not, with the nearest one as a line to type', () => {
    assert.match(
      misuse('chekc'),
      /there is no command "chekc"\. Did you mean "check"\?.* npx cookie-gatekeeper check /,
    );
    assert.match(misuse('frobnicate'), /Commands: audit, init, preview, build, lock, check/);
    assert.match(misuse('help', 'lokc'), /Did you mean "lock"\?/);
  });

  it('of an option, and says where all of them are', () => {
    assert.match(misuse('build', 'p.json', '--interfase', 'own'), /Did you mean "--interface"\?.*build --help/);
    assert.match(
      misuse('lock', 'p.json', '--fromat=nginx'),
      /"lock" has no option "--fromat"\. Did you mean "--format"/,
    );
    assert.match(
      misuse('check', 'p.json', 'https://a.example', '-x'),
      /"check" has no option "-x"\. Options: --worker-url, --json, --help/,
    );
    assert.match(misuse('build', 'p.json', '--ot', 'x'), /Did you mean "--out"\?/, 'also of a short one');
    assert.match(misuse('lock', 'p.json', '--out', 'x'), /"lock" has no option "--out"/, 'each command has its own');
  });

  it('of a value that is missing, too much, or not one of those that there are', () => {
    assert.match(misuse('build', 'p.json', '--out'), /"--out" needs a value: --out public\//);
    assert.match(misuse('build', 'p.json', '--out', '--base', '/a/'), /"--out" needs a value/);
    assert.match(misuse('build', 'p.json', '--out', ''), /"--out" needs a value/, 'as where a variable is not set');
    assert.match(misuse('lock', ''), /"lock" takes one policy file\. For example/);
    assert.match(misuse('lock', 'p.json', '--worker=yes'), /"--worker" takes no value: write --worker alone/);
    assert.match(misuse('lock', 'p.json', '-f', 'ngnix'), /no format "ngnix"\. Did you mean "nginx"\?/);
    assert.match(misuse('--out', 'public', 'build'), /"--out" stands where a command belongs/);
    assert.match(
      misuse('check', 'p.json', 'data.example.fr/fr'),
      /Write one such as https:\/\/data\.example\.fr\/fr$/m,
    );
    assert.match(
      misuse('audit', 'https://a.example', '--fail-on', 'leak,undeclared'),
      /--fail-on undeclared compares with a policy: add --policy policy\.json/,
    );
    assert.match(misuse('audit', 'https://a.example', '--fail-on', 'leaks'), /Did you mean "leak"\?/);
    assert.match(misuse('audit', 'https://a.example', '--pages', 'many'), /Write one such as --pages 5/);
    assert.deepEqual(list(), []);
  });

  it('in commands that can be copied, whatever a file is called', () => {
    const name = 'my "policy" $HOME (1).json';
    write(name, JSON.stringify(SAMPLE));
    const said = succeed('build', name, '--out', 'public');
    const [command] = /npx cookie-gatekeeper lock .*(?= --format)/.exec(said)!;
    const run = command.replace('npx cookie-gatekeeper', `"${process.execPath}" "${MAIN}"`);
    const { stdout, stderr } = spawnSync(run, { cwd: path(), shell: '/bin/sh', encoding: 'utf8' });
    assert.deepEqual([stderr, stdout], ['', succeed('lock', name)]);
    assert.match(said, /npx cookie-gatekeeper check "my \\"policy\\" \\\$HOME \(1\)\.json" https:/);
  });

  it('of what a proxy’s lines need', async () => {
    const origin = 'https://portal.example';
    for (const [options, said] of [
      [{ proxy: origin }, /say which server the proxy is: --format nginx\|apache\|caddy/],
      [{ proxy: origin, format: 'express' }, /no proxy format "express"/],
      [{ proxy: origin, format: 'nginx' }, /say where the proxy has the files.*: --files \/srv\/gatekeeper/],
      [{ proxy: origin, format: 'apache', files: 'public/' }, /"public\/" is no path.* such as \/srv\/gatekeeper/],
      [{ proxy: `${origin}/en`, format: 'caddy' }, /without a path: --proxy https:\/\/portal\.example$/],
    ] as const)
      await assert.rejects(COMMANDS['lock']!.run(['p.json'], options as never), said);
  });

  it('of where to write, where that cannot be', () => {
    assert.match(
      fail('init', 'nodir/p.json'),
      /nodir\/p\.json could not be written: there is no folder nodir\. Make it first, or name another: npx cookie-gatekeeper init p\.json$/m,
    );
    write('p.json', JSON.stringify(SAMPLE));
    assert.match(
      fail('build', 'p.json', '--out', 'p.json'),
      /p\.json could not be written to: it is a file\. Name a folder: --out public\/$/m,
    );
    assert.match(
      fail('build', 'p.json', '--out', 'p.json/public'),
      /it is below a file\. Name a folder: --out public\//,
    );
    // A folder in which nobody can make one, and that says it is not there.
    if (existsSync('/proc/self'))
      assert.match(
        fail('build', 'p.json', '--out', '/proc/x/y'),
        /\/proc\/x\/y could not be written to: ENOENT.* Name a folder/,
      );
    assert.deepEqual(JSON.parse(read('p.json')), SAMPLE, 'and it is left as it was');
  });

  it('with a page of help for each command, which has a line to type and every option', () => {
    for (const [name, { example, options }] of Object.entries(COMMANDS)) {
      const said = usageOf(name);
      assert.ok(said.includes(`  npx cookie-gatekeeper ${name} ${example}`), said);
      for (const option of Object.keys(options)) assert.ok(said.includes(`--${option}`), `${name} ${option}`);
      assert.ok(overview().includes(`npx cookie-gatekeeper ${name} ${example}`));
    }
    assert.equal(succeed('build', '--help'), `${usageOf('build')}\n`);
    assert.equal(succeed('help', 'build'), `${usageOf('build')}\n`);
    assert.equal(succeed('help'), `${overview()}\n`);
  });

  it('and which version it is', () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    for (const asked of ['--version', '-V', '-v']) assert.equal(succeed(asked), `${version}\n`);
    assert.match(misuse('build', '--version'), /the version is that of the whole: npx cookie-gatekeeper --version/);
    assert.match(
      misuse('version'),
      /there is no command "version"\. Which one it is: npx cookie-gatekeeper --version$/m,
    );
  });

  it('on standard error what is said to a person, and on standard output only what may be read on', () => {
    write('policy.json', '{ "revision": "1", "services": [] }');
    for (const args of [
      ['build', 'policy.json', '--out', 'public'],
      ['init', 'new.json'],
      ['uninstall', '--out', 'public'],
    ]) {
      const { status, stdout, stderr } = run(...args);
      assert.equal(status, 0, stderr);
      assert.equal(stdout, '', args[0]);
      assert.match(stderr, /^Wrote /);
    }
    const { stdout, stderr } = run('lock', 'policy.json', '--format', 'header');
    assert.match(stdout, /^default-src 'self'/);
    assert.equal(stderr, '');
  });

  it('without colours where nobody looks at a terminal', () => {
    assert.doesNotMatch(run('biuld').stderr, /\u001b/);
  });
});
