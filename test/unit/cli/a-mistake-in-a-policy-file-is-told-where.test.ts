import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildInMemory } from '../../../src/cli/build';
import { COMMANDS } from '../../../src/cli/all-commands';
import { readPolicy } from '../../../src/cli/read-policy';
import { PolicyError } from '../../../src/policy/index';
import { SAMPLE } from '../sample-policy';

const TEXT = `{
  "revision": "2026-11-23",
  "wall": "strict",
  "services": [
    {
      "id": "matomo",
      "provider": "Matomo",
      "purpose": "statistics",
      "origins": ["https://stats.example.fr", "https://log.example.fr"],
      "cookies": [
        { "name": "_pk_id.*" }
      ]
    },
    { "id": "maps", "provider": "Maps", "purpose": "third-party", "origins": ["https://maps.example"] }
  ],
  "texts": { "fr": { "acceptAll": "Tout accepter" } }
}
`;

/** What is written in the place of what, and where that is told. */
type Row = [title: string, written: string, instead: string, place: string, path: string];

const MISTAKES: Row[] = [
  ['a value that there is not', '"strict"', '"brick"', 'line 3, column 11', 'wall'],
  ['an unknown purpose', '"statistics"', '"statistic"', 'line 8, column 18', 'services[0].purpose'],
  [
    'an origin after others',
    '"https://log.example.fr"',
    '"log.example.fr"',
    'line 9, column 47',
    'services[0].origins[1]',
  ],
  ['a name inside a cookie', '_pk_id.*', '/^_pk_id/', 'line 11, column 19', 'services[0].cookies[0].name'],
  ['a value on the line of its service', '"maps"', '"matomo"', 'line 14, column 13', 'services[1].id'],
  [
    'a misspelt key: the key',
    '"purpose": "third-party"',
    '"purpos": 1, $&',
    'line 14, column 41',
    'services[1].purpos',
  ],
  ['a misspelt key at the top', '"wall"', '"Wall"', 'line 3, column 3', 'Wall'],
  [
    'a text that there is not: its key',
    '"acceptAll"',
    '"acceptNothing"',
    'line 16, column 22',
    'texts.fr.acceptNothing',
  ],
  ['a language that there is not: its key', '"fr"', '"French"', 'line 16, column 14', 'texts.French'],
  ['a key that is missing: its object', '"id": "maps", ', '', 'line 14, column 5', 'services[1].id'],
  ['one that is missing at the top', '"revision": "2026-11-23",', '', 'line 1, column 1', 'revision'],
  ['a service that could never match', ', "origins": ["https://maps.example"]', '', 'line 14, column 5', 'services[1]'],
  ['a value over several lines', '{ "name": "_pk_id.*" }', '[\n\n1 ]', 'line 11, column 9', 'services[0].cookies[0]'],
  [
    'after characters of two code units',
    '"Maps", "purpose"',
    '"🗺", "provder"',
    'line 14, column 39',
    'services[1].provder',
  ],
];

const ENCODINGS: Record<string, (text: string) => Buffer> = {
  'UTF-8 with a byte order mark': (text) => Buffer.from(`\ufeff${text}`),
  'UTF-16 with a byte order mark': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'UTF-16, big-endian': (text) => Buffer.from(text, 'utf16le').swap16(),
  'lines that end as on Windows': (text) => Buffer.from(text.replaceAll('\n', '\r\n')),
};

describe('A mistake in a policy file is told where', () => {
  let file: string;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cookie-gatekeeper-places-'));
    file = join(folder, 'policy.json');
  });
  after(() => rm(folder, { recursive: true }));

  const mistakesIn = async (bytes: string | Buffer): Promise<PolicyError> => {
    await writeFile(file, bytes);
    const error: unknown = await readPolicy(file).then(
      () => assert.fail('the policy was accepted'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof PolicyError, String(error));
    return error;
  };

  for (const [title, written, instead, place, path] of MISTAKES) {
    it(title, async () => {
      const text = TEXT.replace(written, instead);
      assert.notEqual(text, TEXT);
      const { message } = await mistakesIn(text);
      assert.ok(message.includes(`\n  ${place}: ${path}: `), message);
    });
  }

  it('several, in the order of the file', async () => {
    const { message } = await mistakesIn(
      TEXT.replace('"statistics"', '7')
        .replace('"matomo"', '"a b"')
        .replace('"acceptAll"', '"x"')
        .replace('strict', ''),
    );
    assert.deepEqual(
      message.split('\n').map((line) => /^ {2}line (\d+)/.exec(line)?.[1]),
      [undefined, '3', '6', '8', '16'],
      message,
    );
  });

  for (const domain of ['gouv.fr', 'co.uk', 'github.io']) {
    it(`a domain whose hosts browsers keep apart, ${domain}`, async () => {
      const consent = `"consent": { "cookie": { "domain": "${domain}" } }`;
      const { message } = await mistakesIn(TEXT.replace('"wall": "strict"', consent));
      assert.match(
        message,
        new RegExp(`line 3, column 38: consent\\.cookie\\.domain: .*Write .*"example\\.${domain}"`),
      );
      await writeFile(file, TEXT.replace('"wall": "strict"', consent.replace(domain, `example.${domain}`)));
      await readPolicy(file);
      await assert.rejects(
        buildInMemory({ revision: '1', services: [], consent: { cookie: { domain } } }, {}),
        PolicyError,
      );
    });
  }

  for (const end of ['com', 'co.uk', 'gouv.fr'])
    it(`a service that would be everybody below .${end}`, async () => {
      const written = (host: string) => TEXT.replace('log.example.fr', host);
      const { message } = await mistakesIn(written(`*.${end}`));
      assert.match(
        message,
        new RegExp(`line 9, column 47: services\\[0\\]\\.origins\\[1\\]: .*"https://\\*\\.example\\.${end}"$`, 'm'),
      );
      // What may be a house's own network, or one service's part of a cloud, is left to who writes it.
      for (const host of [`*.example.${end}`, '*.lan', '*.localhost', '*.cloudfront.net']) {
        await writeFile(file, written(host));
        await readPolicy(file);
      }
    });

  for (const [title, encode] of Object.entries(ENCODINGS)) {
    it(`in ${title}`, async () => {
      const { message } = await mistakesIn(encode(TEXT.replace('"https://log.example.fr"', '"log.example.fr"')));
      assert.match(message, /^ {2}line 9, column 47: services\[0\]\.origins\[1\]: /m);
    });
  }

  it('a policy that is no object', async () => {
    assert.match((await mistakesIn(' []')).message, /^ {2}line 1, column 2: \(top level\): /m);
  });

  describe('by every command that reads one', () => {
    let site: Server;
    let address: string;

    before(async () => {
      site = createServer((_, response) => response.end('<!doctype html>')).listen(0, '127.0.0.1');
      await once(site, 'listening');
      address = `http://127.0.0.1:${(site.address() as AddressInfo).port}/`;
      await writeFile(file, JSON.stringify({ ...SAMPLE, wall: 'brick' }, null, 2));
    });
    after(() => site.close());

    const GIVEN: Record<string, () => [given: string[], options?: object]> = {
      build: () => [[file], { out: join(folder, 'public') }],
      lock: () => [[file]],
      'lock --worker': () => [[file], { worker: true }],
      check: () => [[file, address]],
      policy: () => [[file]],
      preview: () => [[address], { policy: file }],
      audit: () => [[address], { policy: file }],
      reports: () => [[folder], { policy: file }],
      export: () => [[folder], { policy: file }],
    };
    for (const [name, options] of Object.entries(GIVEN)) {
      it(name, async () => {
        const [given, rest = {}] = options();
        const { run } = COMMANDS[name.split(' ')[0]!]!;
        await assert.rejects(run(given as [string], rest), /\n {2}line 11, column 11: wall: "brick": write "strict"/);
      });
    }
  });
});
