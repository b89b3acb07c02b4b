import assert from 'node:assert/strict';
import { build as buildFiles, lockLine, LOCK_FORMATS, lockOf, workerLockLine, workerLockOf } from '../../src/cli/index';
import { compilePolicy } from '../../src/compiled-policy/compiled-policy';
import { parsePolicy } from '../../src/policy/index';
import { keyedResponse, serverKey } from '../../src/server/index';
import { commandLine } from './command-line';
import { SAMPLE, sampleWith } from '../unit/sample-policy';

const REPORTING = sampleWith((policy) => (policy.mode = 'report'));
const LOCK = lockOf(REPORTING);
const HOLDS = /content-security-policy(?!-report-only)/i;
const REPORTS = /Content-Security-Policy-Report-Only/;

describe('A policy that reports holds nothing', () => {
  describe('where it is sent', () => {
    for (const format of LOCK_FORMATS) {
      if (format === 'header' || format === 'meta') continue;
      it(`by the lines for ${format}, those of the worker too`, () => {
        for (const lines of [
          lockLine(LOCK, format, workerLockOf(REPORTING), ['/admin/'], 'report'),
          workerLockLine(workerLockOf(REPORTING), format, 'report'),
        ]) {
          assert.doesNotMatch(lines, HOLDS);
          assert.match(lines, REPORTS);
        }
      });
    }

    it('in a tag, which cannot only report: there is none, and a comment that says why', () => {
      assert.match(lockLine(LOCK, 'meta', undefined, [], 'report'), /^<!-- .*"mode": "report".*-->$/);
    });

    it('by the server’s own key: to everybody the same, and all else stays as it is', async () => {
      const cookie = `cookies_preferences=${encodeURIComponent(JSON.stringify({ youtube: true, timestamp: Date.now() - 1000 }))}`;
      const reported = { 'Content-Security-Policy-Report-Only': LOCK };
      for (const visitor of [{}, { cookie }]) assert.deepEqual(serverKey(REPORTING)(visitor), reported);
      const headers = {
        'Content-Type': 'text/html',
        'Content-Security-Policy': "default-src 'self'; report-uri https://reports.example/",
        'Content-Security-Policy-Report-Only': "img-src 'self'",
        NEL: '{"report_to":"cdn","max_age":60}',
        'Cache-Control': 'public, max-age=60',
      };
      const response = keyedResponse(REPORTING)(
        new Request('https://data.example.fr/', { headers: { Cookie: cookie } }),
        new Response('<!doctype html>', { headers }),
      );
      assert.deepEqual(Object.fromEntries(response.headers), {
        ...Object.fromEntries(new Headers(headers)),
        'content-security-policy-report-only': `img-src 'self', ${LOCK}`,
      });
    });

    it('and another than in force, so that page, worker and server know each other’s', () => {
      const { fingerprint } = compilePolicy(parsePolicy(SAMPLE));
      assert.notEqual(compilePolicy(parsePolicy(REPORTING)).fingerprint, fingerprint);
      const open = sampleWith((policy) => Object.assign(policy, { wall: 'off', undeclared: 'report' }));
      const openAndReporting = sampleWith((policy) =>
        Object.assign(policy, { wall: 'off', undeclared: 'report', mode: 'report' }),
      );
      assert.notEqual(
        compilePolicy(parsePolicy(open)).fingerprint,
        compilePolicy(parsePolicy(openAndReporting)).fingerprint,
      );
    });
  });

  describe('on the command line', () => {
    const { succeed, write, read, path } = commandLine();
    beforeEach(() => write('policy.json', JSON.stringify(REPORTING)));

    it('the value is printed with the name of its header: under another, it would hold', () => {
      assert.equal(succeed('lock', 'policy.json'), `Content-Security-Policy-Report-Only: ${LOCK}\n`);
      assert.match(
        succeed('lock', 'policy.json', '--worker'),
        /^Content-Security-Policy-Report-Only: default-src 'self'/,
      );
      assert.doesNotMatch(succeed('lock', 'policy.json', '--format', 'nginx'), HOLDS);
      assert.match(succeed('lock', 'policy.json', '--format', 'meta'), /^<!-- /);
    });

    it('build says so, and tells page and worker', async () => {
      const said = succeed('build', 'policy.json', '--out', 'public');
      assert.match(said, /"mode": "report": nothing is refused/);
      assert.match(said, /as Content-Security-Policy-Report-Only/);
      for (const file of ['gatekeeper.js', 'gatekeeper-sw.js']) assert.match(read('public', file), /"reportOnly":true/);
      const { lock, lockHeader } = await buildFiles(REPORTING, { out: path('again') });
      assert.deepEqual([lock, lockHeader], [LOCK, 'Content-Security-Policy-Report-Only']);
      assert.equal((await buildFiles(SAMPLE, { out: path('again') })).lockHeader, 'Content-Security-Policy');
    });

    it('build asks for no tag in the pages', () => {
      write(
        'policy.json',
        JSON.stringify(sampleWith((policy) => Object.assign(policy, { mode: 'report', lock: 'meta' }))),
      );
      assert.match(succeed('build', 'policy.json', '--out', 'public'), /Put no lock into the pages/);
    });
  });
});
