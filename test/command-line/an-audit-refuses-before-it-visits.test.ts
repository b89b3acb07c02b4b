import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { commandLine } from './command-line';

/** Nobody answers there: whoever visits it says so. */
const SITE = 'http://127.0.0.1:1/';

describe('An audit refuses before it visits', () => {
  const { fail, write, read, path } = commandLine();

  it('to write over a policy that somebody has written', () => {
    write('policy.json', '{ "revision": "mine" }');
    assert.match(
      fail('audit', SITE, '--out', 'policy.json'),
      /policy\.json exists already, and is kept\. .*--policy policy\.json.*another name: --out /,
    );
    assert.equal(read('policy.json'), '{ "revision": "mine" }');
  });

  it('to find that what it writes has no place', () => {
    assert.match(
      fail('audit', SITE, '--out', 'missing/policy.json'),
      /--out missing\/policy\.json could not be written: there is no folder missing\. Make it first, or name another/,
    );
    mkdirSync(path('reports'));
    assert.match(fail('audit', SITE, '--report', 'reports'), /--report reports is a folder: name a file in it/);
    write('file', '');
    assert.match(fail('audit', SITE, '--report', 'file/audit.html'), /there is no folder file\./);
    write('policy.json', '{ "revision": "1", "services": [] }');
    assert.match(
      fail('audit', SITE, '--policy', 'policy.json', '--out', 'reports'),
      /--out reports is a folder: name a file in it/,
    );
  });

  it('to start a browser that there is not, or that is none', () => {
    const before = process.env['CHROMIUM_PATH'];
    try {
      process.env['CHROMIUM_PATH'] = '/nope';
      assert.match(fail('audit', SITE), /CHROMIUM_PATH names \/nope, which cannot be executed\. Correct or unset it\./);
      process.env['CHROMIUM_PATH'] = '/bin/false';
      assert.match(
        fail('audit', SITE),
        /chromium could not be started from \/bin\/false: .*Name another .*CHROMIUM_PATH/,
      );
    } finally {
      if (before === undefined) delete process.env['CHROMIUM_PATH'];
      else process.env['CHROMIUM_PATH'] = before;
    }
  });
});
