import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { readOptions } from '../../../example/options';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const THIRD_PARTIES = 6;
const read = (...args: string[]) => readOptions(args, THIRD_PARTIES);

describe('The example says how it is started', () => {
  it('with nothing said, on its own ports', () =>
    assert.deepEqual(read(), { port: 8080, lock: 'header', interface: 'own', guarded: true }));

  it('with everything said', () => {
    assert.deepEqual(read('--port', '9080', '--static-lock', '--dsfr', '--unguarded'), {
      port: 9080,
      lock: 'meta',
      interface: 'dsfr',
      guarded: false,
    });
    assert.deepEqual(read('--port=65529'), { port: 65529, lock: 'header', interface: 'own', guarded: true });
  });

  it('when it is asked', () => {
    assert.equal(read('--help'), 'help');
    assert.equal(read('-h', '--port', '1'), 'help');
  });

  const WRONG: [args: string[], message: RegExp][] = [
    [['--port', 'abc'], /--port abc: write a port from 1 to 65529, such as --port 9080/],
    [['--port', ''], /--port : write a port/],
    [['--port', '0'], /write a port/],
    [['--port', '65530'], /--port 65530: write a port from 1 to 65529.*the 6 after it/],
    [['--port', '8080.5'], /write a port/],
    [['--port', '1e3'], /write a port/],
    [['--port=-1'], /write a port/],
    [['--port'], /'--port <value>' argument missing/],
    [['--prot', '9080'], /there is no option "--prot"\. Did you mean "--port"\?/],
    [['--unguraded'], /there is no option "--unguraded"\. Did you mean "--unguarded"\?/],
    [
      ['--frobnicate'],
      /there is no option "--frobnicate"\. Options: --port, --static-lock, --dsfr, --unguarded, --help\./,
    ],
    [['-x'], /there is no option "-x"/],
    [['help'], /"help" stands alone\. Did you mean "--help"\?/],
    [['unguarded'], /"unguarded" stands alone\. Did you mean "--unguarded"\?/],
    [['--dsfr=yes'], /'--dsfr' does not take an argument/],
    [['9080'], /"9080" stands alone\. Did you mean "--port 9080"\?/],
    [['x'], /"x" stands alone/],
  ];
  for (const [args, message] of WRONG) {
    it(`when it cannot be: ${args.join(' ')}`, () => {
      const said = read(...args);
      assert.ok(typeof said === 'object' && 'wrong' in said);
      assert.match(said.wrong, message);
    });
  }

  it('in one line, without a stack trace', () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', 'example/start.ts', '--port', 'abc'],
      { cwd: ROOT, encoding: 'utf8' },
    );
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, /^\n {2}--port abc: write a port.*such as --port 9080.*npm start -- --help\n$/);
    assert.doesNotMatch(stderr, /^\s+at |node:/m);
  });
});
