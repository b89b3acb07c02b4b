import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { Script } from 'node:vm';
import { closedCsp, workerScriptCsp } from '../../src/csp/document-csp';
import { parsePolicy } from '../../src/policy/index';
import { compilePolicy } from '../../src/compiled-policy/compiled-policy';
import { commandLine } from './command-line';
import { lets, readCsp } from '../unit/content-security-policy';
import { SAMPLE, sampleWith } from '../unit/sample-policy';

/** Those that pages and the worker are started with. */
const SCRIPTS = ['gatekeeper-sw.js', 'gatekeeper.js'];
const FILES = ['gatekeeper-diagnosis.js', 'gatekeeper-on-demand.js', 'gatekeeper-sw.js', 'gatekeeper.js'];
const LOCK = closedCsp(compilePolicy(parsePolicy(SAMPLE)));
const WORKER_LOCK = workerScriptCsp(compilePolicy(parsePolicy(SAMPLE)));

describe('The command line', () => {
  const { succeed, fail, misuse, write, read, list, path } = commandLine();

  beforeEach(() => write('policy.json', JSON.stringify(SAMPLE)));

  describe('builds what a site serves', () => {
    it('all files, into a folder that it makes', () => {
      const said = succeed('build', 'policy.json', '--out', 'public/assets');
      assert.deepEqual(list('public', 'assets'), FILES);
      for (const file of FILES) assert.ok(said.includes(file), said);
    });

    it('with the policy inside, and no placeholder left', () => {
      succeed('build', 'policy.json', '--out', 'public');
      const policy = compilePolicy(parsePolicy(SAMPLE));
      assert.ok(read('public', 'gatekeeper.js').includes(JSON.stringify(policy)));
      const worker = read('public', 'gatekeeper-sw.js');
      for (const { id, origins } of policy.services) {
        assert.ok(worker.includes(`"id":"${id}"`), id);
        assert.ok(worker.includes(JSON.stringify(origins)), id);
      }
      for (const file of SCRIPTS) assert.ok(read('public', file).includes(JSON.stringify(policy.revision)));
      for (const file of FILES) assert.doesNotMatch(read('public', file), /__[A-Z_]+__/);
      assert.ok(read('public', 'gatekeeper.js').includes('"gatekeeper-sw.js"'), 'the page must know its worker');
    });

    it('as classic scripts, that need nothing else to start', () => {
      succeed('build', 'policy.json', '--out', 'public');
      for (const file of SCRIPTS) {
        // Throws for a module: `import` and `export` are mistakes in a classic script.
        new Script(read('public', file), { filename: file });
        assert.doesNotMatch(read('public', file), /\b(require|import)\(/);
      }
      assert.ok(
        read('public', 'gatekeeper.js').includes('gatekeeper-on-demand.js'),
        'what most pages do not need is loaded when it is',
      );
      assert.doesNotMatch(read('public', 'gatekeeper-sw.js'), /\bimportScripts\(/);
    });

    it('with the hash of each file that the page loads, in whatever loads it', () => {
      succeed('build', 'policy.json', '--out', 'public', '--interface', 'own');
      const hash = (file: string) =>
        `sha256-${createHash('sha256')
          .update(readFileSync(path('public', file)))
          .digest('base64')}`;
      assert.ok(read('public', 'gatekeeper.js').includes(hash('gatekeeper-on-demand.js')));
      assert.ok(read('public', 'gatekeeper.js').includes(hash('gatekeeper-interface.js')));
      assert.ok(read('public', 'gatekeeper-interface.js').includes(hash('gatekeeper-preferences.js')));
      assert.ok(read('public', 'gatekeeper-on-demand.js').includes(hash('gatekeeper-diagnosis.js')));
    });

    it('which a policy changes only where it is inside', () => {
      succeed('build', 'policy.json', '--out', 'one', '--interface', 'own');
      write(
        'policy.json',
        JSON.stringify(sampleWith((p) => (p.services[4].name = { fr: 'Un autre nom', en: 'Another name' }))),
      );
      succeed('build', 'policy.json', '--out', 'two', '--interface', 'own');
      const changed = (file: string) => read('one', file) !== read('two', file);
      assert.deepEqual(list('one').filter(changed), [
        'gatekeeper-interface.js',
        'gatekeeper-preferences.js',
        'gatekeeper.js',
      ]);
    });

    it('and where they are, if it is told', () => {
      succeed('build', 'policy.json', '--out', 'public', '--base', '/static/gatekeeper', '--worker-url', '/sw.js');
      const page = read('public', 'gatekeeper.js');
      assert.ok(page.includes('"/static/gatekeeper"'));
      assert.ok(page.includes('"/sw.js"'));
      assert.ok(read('public', 'gatekeeper-sw.js').includes('"gatekeeper-sw.js"'), 'its file keeps its name');
    });

    it('whatever its texts are', () => {
      const hostile = [
        "$& $' $` $1 $$",
        '</script><!--',
        '__POLICY__ __WORKER_FILE__ __BASE__ __BUILD__',
        '"\\\'`${1}',
        '\u2028\u2029\u0000',
        '😀 é',
      ];
      const policy = sampleWith((p) =>
        hostile.forEach(
          (text, n) => (p.services[n % 5].name = { fr: text, en: `${p.services[n % 5].name?.en ?? ''}${text}` }),
        ),
      );
      write('policy.json', JSON.stringify(policy));
      succeed('build', 'policy.json', '--out', 'public');
      assert.ok(read('public', 'gatekeeper.js').includes(JSON.stringify(compilePolicy(parsePolicy(policy)))));
      for (const file of SCRIPTS) new Script(read('public', file), { filename: file });
    });

    it('the same bytes each time', () => {
      succeed('build', 'policy.json', '--out', 'one');
      succeed('build', 'policy.json', '-o', 'two');
      for (const file of FILES) assert.equal(read('one', file), read('two', file));
    });

    it('over earlier files, when the policy has changed', () => {
      succeed('build', 'policy.json', '--out', 'public');
      write('policy.json', JSON.stringify(sampleWith((p) => (p.revision = '2027-01-01'))));
      succeed('build', 'policy.json', '--out', 'public');
      assert.deepEqual(list('public'), FILES);
      for (const file of SCRIPTS) {
        assert.ok(read('public', file).includes('"2027-01-01"'));
        assert.equal(read('public', file).includes('"2026-11-23"'), false);
      }
    });
  });

  describe('writes nothing when the policy is broken', () => {
    const BROKEN: Record<string, string> = {
      'a mistake in it': JSON.stringify(sampleWith((p) => (p.services[3].origins[0] = '*.example.com/'))),
      'half of it': JSON.stringify(SAMPLE).slice(0, 200),
      'an empty file': '',
      'no object': '"policy"',
      null: 'null',
    };

    for (const [title, text] of Object.entries(BROKEN)) {
      it(`${title}: no folder, no file`, () => {
        write('policy.json', text);
        assert.match(fail('build', 'policy.json', '--out', 'public'), /policy\.json/);
        assert.deepEqual(list(), ['policy.json']);
      });

      it(`${title}: earlier files stay, byte for byte`, () => {
        succeed('build', 'policy.json', '--out', 'public');
        const before = FILES.map((file) => readFileSync(path('public', file)));
        write('policy.json', text);
        fail('build', 'policy.json', '--out', 'public');
        assert.deepEqual(list('public'), FILES);
        FILES.forEach((file, n) => assert.ok(readFileSync(path('public', file)).equals(before[n]!), file));
      });
    }
  });

  describe('says what is wrong, without a stack trace', () => {
    it('mistakes in the policy: path, value and fix', () => {
      write('policy.json', BAD);
      for (const args of [
        ['build', 'policy.json', '--out', 'public'],
        ['lock', 'policy.json'],
      ]) {
        const said = fail(...args);
        assert.match(said, /policy\.json has 2 mistakes/);
        assert.match(
          said,
          /^ {2}line 1, column \d+: services\[3\]\.origins\[0\]: "\*\.example\.com\/": .*"https:\/\/\*\.example\.com"/m,
        );
        assert.match(said, /^ {2}line 1, column \d+: services\[4\]\.anonymised: true: /m);
      }
    });

    const BAD = JSON.stringify(
      sampleWith((p) => {
        p.services[3].origins[0] = '*.example.com/';
        p.services[4].anonymised = true;
      }),
    );

    it('no such file', () => {
      assert.match(fail('build', 'missing.json', '--out', 'public'), /missing\.json/);
      assert.match(fail('lock', 'missing.json'), /missing\.json.*no such file/);
      assert.deepEqual(list(), ['policy.json']);
    });

    it('a folder instead of a file', () => {
      assert.match(fail('lock', '.'), /could not be read/);
    });

    it('not JSON', () => {
      write('policy.json', '{ "revision": "1", }');
      assert.match(fail('build', 'policy.json', '--out', 'public'), /policy\.json is not JSON/);
    });

    it('no such command', () => {
      assert.match(misuse('biuld', 'policy.json', '--out', 'public'), /"biuld"[\s\S]*build policy\.json/);
      assert.match(misuse('constructor', 'policy.json'), /"constructor"/);
    });

    it('no --out', () => {
      assert.match(misuse('build', 'policy.json'), /--out public\//);
    });

    it('no policy, or two', () => {
      assert.match(misuse('build', '--out', 'public'), /one policy file/);
      assert.match(misuse('lock'), /one policy file/);
      assert.match(misuse('lock', 'policy.json', 'policy.json'), /one policy file/);
    });

    it('no such option', () => {
      assert.match(misuse('build', 'policy.json', '--output', 'public'), /--output/);
    });

    it('a folder in the place of one of the files: the others stay, byte for byte, and nothing else is left', () => {
      succeed('build', 'policy.json', '--out', 'public');
      rmSync(path('public', 'gatekeeper.js'));
      mkdirSync(path('public', 'gatekeeper.js'));
      const others = FILES.slice(0, 2);
      const before = others.map((file) => read('public', file));
      write('policy.json', JSON.stringify(sampleWith((p) => (p.revision = '2027-01-01'))));
      assert.match(
        fail('build', 'policy.json', '--out', 'public'),
        /public\/gatekeeper\.js is a folder, and nothing was written\. Move it away/,
      );
      assert.deepEqual(list('public'), FILES);
      assert.deepEqual(
        others.map((file) => read('public', file)),
        before,
      );
    });

    it('an output folder that is a file', () => {
      write('public', 'not a folder');
      assert.match(fail('build', 'policy.json', '--out', 'public'), /public/);
      assert.equal(read('public'), 'not a folder');
    });
  });

  describe('prints the lock', () => {
    it('as the header’s value', () => {
      assert.equal(succeed('lock', 'policy.json'), `${LOCK}\n`);
      assert.ok(readCsp(LOCK).get('default-src')?.includes('https://tiles.jawg.io'));
    });

    const LINES: Record<string, RegExp> = {
      header: /^(.*)\n$/,
      nginx: /^set \$gatekeeper_policy "(default-src.*)";$/m,
      apache: /^Header always add Content-Security-Policy "(.*)" env=!gatekeeper_worker$/m,
      caddy: /^\t\+Content-Security-Policy "(.*)"$/m,
      express: /: "(default-src.*)";$/m,
      meta: /^<meta http-equiv="Content-Security-Policy" content="(.*)">\n$/,
    };
    for (const [format, line] of Object.entries(LINES)) {
      it(`as lines to paste: ${format}`, () => {
        const printed = succeed('lock', 'policy.json', '--format', format);
        assert.equal(line.exec(printed)?.[1], LOCK);
        if (/header|meta/.test(format)) return;
        for (const part of ['gatekeeper-sw', WORKER_LOCK, 'no-cache', 'NEL', 'Early Hints'])
          assert.ok(printed.includes(part), part);
        assert.doesNotMatch(printed, /undefined|\$cookie_/);
      });
    }

    for (const format of ['header', 'nginx', 'apache', 'caddy', 'express']) {
      it(`and the worker’s own alone: ${format}`, () => {
        const printed = succeed('lock', 'policy.json', '--worker', '--format', format);
        assert.ok(printed.includes(WORKER_LOCK));
        assert.ok(!printed.includes(LOCK));
        assert.ok(
          lets(WORKER_LOCK, 'connect-src', 'https://tiles.jawg.io/a.png'),
          'sent without credentials, by the worker',
        );
        assert.ok(!lets(WORKER_LOCK, 'connect-src', 'https://www.youtube.com/'));
        assert.equal(printed.includes('gatekeeper-sw'), format !== 'header', 'for this file only');
      });
    }

    it('but none where the policy has none, and says what to do instead', () => {
      write('policy.json', JSON.stringify(sampleWith((policy) => (policy.wall = 'off'))));
      for (const args of [
        [],
        ['--worker'],
        ['--format', 'nginx'],
        ['--worker', '--format', 'apache'],
        ['--format', 'meta'],
      ]) {
        const said = fail('lock', 'policy.json', ...args);
        assert.match(said, /policy\.json says "wall": "off".*write "wall": "strict" or "live"/);
        assert.doesNotMatch(said, /default-src/);
      }
      const built = succeed('build', 'policy.json', '--out', 'public');
      assert.match(built, /Send no lock/);
      assert.doesNotMatch(built, /Send the lock|cookie-gatekeeper lock/);
    });

    it('as the policy has documents carry it', () => {
      write('policy.json', JSON.stringify(sampleWith((policy) => (policy.lock = 'meta'))));
      assert.match(succeed('lock', 'policy.json'), LINES.meta!);
      assert.match(
        succeed('build', 'policy.json', '--out', 'public'),
        /into every page, first in <head>: npx cookie-gatekeeper lock policy\.json\n/,
      );
      const onlyWorkers = (printed: string) => printed.includes(WORKER_LOCK) && !printed.includes(LOCK);
      assert.ok(onlyWorkers(succeed('lock', 'policy.json', '--format', 'nginx')));
      write('policy.json', JSON.stringify(sampleWith((policy) => (policy.lock = 'tag'))));
      assert.match(fail('lock', 'policy.json'), /"lock": "tag".*npx cookie-gatekeeper lock policy\.json --worker/);
      const built = succeed('build', 'policy.json', '--out', 'public');
      assert.match(built, /Documents go without the lock/);
      assert.match(
        built,
        /on any host, then with crossorigin on the tag, and sent with "Access-Control-Allow-Origin: \*"/,
      );
      assert.ok(onlyWorkers(succeed('lock', 'policy.json', '--format', 'apache')));
    });

    it('and not for what the policy leaves out', () => {
      write('policy.json', JSON.stringify(sampleWith((policy) => (policy.exclude = ['/admin/']))));
      for (const format of ['nginx', 'apache', 'caddy', 'express'])
        assert.ok(
          ['("exclude")', '(?:/admin/)'].every((part) =>
            succeed('lock', 'policy.json', '--format', format).includes(part),
          ),
        );
      assert.equal(succeed('lock', 'policy.json'), `${LOCK}\n`);
    });

    it('and names the formats that there are', () => {
      assert.match(misuse('lock', 'policy.json', '--worker', '--format', 'meta'), /"meta".*nginx.*express/);
      assert.match(misuse('lock', 'policy.json', '--format', 'iis'), /"iis".*nginx.*meta/);
    });

    it('and writes no file', () => {
      succeed('lock', 'policy.json');
      assert.deepEqual(list(), ['policy.json']);
    });
  });

  it('and says what an audit has left to be reviewed, of which nothing is built', () => {
    write('policy.json', JSON.stringify(sampleWith((policy) => (policy.services[3].review = 'Ask the vendor.'))));
    assert.match(
      succeed('build', 'policy.json', '--out', 'public', '--interface', 'own'),
      new RegExp(`Still to be reviewed, as "review" in ${SAMPLE.services[3]!.id} says`),
    );
    for (const file of list('public')) assert.ok(!read('public', file).includes('Ask the vendor.'), file);
  });

  describe('starts a policy', () => {
    it('that can be built as it is', () => {
      succeed('init', 'portal.json');
      succeed('build', 'portal.json', '--out', 'public');
      assert.deepEqual(list('public'), FILES);
    });

    it('that takes over what the platform’s own banner writes, if told so', () => {
      succeed('init', 'plain.json');
      succeed('init', 'portal.json', '--adopt');
      succeed('build', 'portal.json', '--out', 'public');
      assert.match(read('public', 'gatekeeper.js'), /"adoptsMirror":true/);
      const [plain, adopting] = ['plain.json', 'portal.json'].map((name) => JSON.parse(read(name)));
      assert.deepEqual(adopting, {
        ...plain,
        consent: { ...plain.consent, cookie: { name: 'cookies_preferences', adopt: true } },
      });
    });

    it('and keeps one that is there', () => {
      assert.match(fail('init', 'policy.json'), /policy\.json exists already/);
      assert.equal(read('policy.json'), JSON.stringify(SAMPLE));
    });
  });

  it('says how it is used', () => {
    for (const args of [[], ['--help'], ['-h']]) {
      const said = succeed(...args);
      assert.match(said, /build policy\.json --out public\//);
      assert.match(said, /lock policy\.json/);
    }
  });
});
