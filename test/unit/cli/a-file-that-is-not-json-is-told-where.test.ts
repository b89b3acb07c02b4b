import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { jsonMistake } from '../../../src/cli/json-mistake';
import { readPolicy } from '../../../src/cli/read-policy';
import { SAMPLE } from '../sample-policy';

const TEXT = JSON.stringify(SAMPLE, null, 2);

type Row = [title: string, text: string, place: [line: number, column: number], fix: RegExp];

const MISTAKES: Row[] = [
  ['a comma after the last key', '{\n  "revision": "1",\n}', [2, 18], /no "," after the last one\. Delete it/],
  ['a comma after the last item', '{ "services": [1, 2,] }', [1, 20], /no "," after the last one/],
  [
    'a comment to the end of the line',
    '{\n  "revision": "1", // ours\n  "services": [] }',
    [2, 20],
    /no comments\. Delete it/,
  ],
  ['a comment between two marks', '/* ours */ {}', [1, 1], /no comments/],
  ['a comment with a hash', '{ "a": 1 } # ours', [1, 12], /no comments/],
  ['True', '{ "anonymised": True }', [1, 17], /Write true/],
  ['yes', '{ "anonymised": yes }', [1, 17], /Write true/],
  ['None', '{ "name": None }', [1, 11], /Write null/],
  ['undefined', '{ "name": undefined }', [1, 11], /Leave the key out/],
  ['a text in single quotes', '{ "id": \'matomo\' }', [1, 9], /double quotes.*Write "matomo"/],
  [
    'a text in a typesetter’s quotes',
    '{ "id": “matomo” }',
    [1, 9],
    /“ is a typographic quote.*straight double.*Write "matomo"/,
  ],
  ['a text without quotes', '{ "id": matomo }', [1, 9], /Write "matomo"/],
  ['a key without quotes', '{\r\n  id: "matomo" }', [2, 3], /Write "id"/],
  ['a key in single quotes', "{ 'id': 1 }", [1, 3], /double quotes, not in single ones\. Write "id"/],
  ['no comma between two keys', '{ "a": 1\n  "b": 2 }', [2, 3], /"," is missing before this/],
  ['no comma between two services', '[{}\n{}]', [2, 1], /"," is missing before this/],
  ['a semicolon for a comma', '{ "a": 1; "b": 2 }', [1, 9], /";" does not belong here\. Write ","/],
  ['an equals sign for a colon', '{ "a" = 1 }', [1, 7], /":" between a key and its value/],
  ['a bracket that is not closed', '{\n  "services": [\n    {}\n', [4, 1], /the "\[" of line 2 is still open.*"\]"/],
  [
    'a bracket that the wrong one closes',
    '{\n  "services": [ {} }',
    [2, 20],
    /the "\[" of line 2 is still open\. Write "\]" before this/,
  ],
  ['a bracket too many', '{}\n}', [2, 1], /has ended before this/],
  ['half a file', TEXT.slice(0, 300), [13, 40], /line break|still open|does not end/],
  ['a text over two lines', '{ "a": "one\ntwo" }', [1, 8], /Close it with "/],
  ['a tab in a text', '{ "a": "one\ttwo" }', [1, 12], /\\t/],
  ['a backslash as regular expressions have it', '{ "name": "_pk\\." }', [1, 15], /"\\\\" for a backslash/],
  ['a number with a plus', '{ "months": +6 }', [1, 13], /number/],
  ['a number with a nought before it', '{ "months": 06 }', [1, 13], /no zero before.*Write 6$/],
  ['a number that is written shorter', '{ "rate": .5 }', [1, 11], /number.*Write 0\.5$/],
  ['a number in groups', '{ "months": 1_0 }', [1, 13], /number.*Write 10$/],
  ['YAML', 'revision: "1"\nservices:\n  - id: matomo\n', [1, 1], /^this is YAML/],
  ['YAML behind its mark', '---\nrevision: 1\n', [1, 1], /^this is YAML/],
  ['YAML behind a comment', '# ours\n\nrevision: 1\n', [3, 1], /^this is YAML/],
  ['a list in YAML', '- id: matomo\n', [1, 1], /^this is YAML/],
  ['a module', 'export default { revision: "1" }', [1, 1], /^this is JavaScript.*without "export default"/],
  ['a module of Node', 'module.exports = {revision: "1"}', [1, 1], /^this is JavaScript/],
  ['a script behind comments', '// ours\n/* all\nof it */\nconst policy = {}', [4, 1], /^this is JavaScript/],
  ['a page', '\n<!doctype html><html>404</html>', [2, 1], /^this is HTML/],
  ['XML', '<?xml version="1.0"?><a/>', [1, 1], /^this is XML/],
  ['an assignment', 'policy = {}', [1, 1], /^this is JavaScript/],
  ['no braces', '"revision": "1",\n"services": []', [1, 1], /braces around it are missing\. Write "\{"/],
  ['TOML', '[policy]\nrevision="1"', [1, 1], /^this is TOML/],
  ['TOML without a table', 'revision = "1"', [1, 1], /^this is TOML/],
  [
    'what git leaves of two versions',
    '{\n<<<<<<< HEAD\n"revision": "1",\n=======\n"revision": "2",\n>>>>>>> b\n"services": [] }',
    [2, 1],
    /^git has left two versions here/,
  ],
  ['a part of that', '{\n  "revision": "2",\n>>>>>>> b\n"services": [] }', [3, 1], /^git has left two versions here/],
  ['a key in a typesetter’s quotes', '{“revision”:“1”}', [1, 2], /“ is a typographic quote.*Write "revision"/],
  [
    'a text that a typesetter’s quote closes',
    '{ "id": "matomo”,\n "a": 1 }',
    [1, 16],
    /” is a typographic quote.*Write "$/,
  ],
  ['a no-break space', '{\u00a0"revision":"1"}', [1, 2], /no-break space \(U\+00A0\)/],
  ['a zero-width space', '{"services":[\u200b]}', [1, 14], /zero-width space \(U\+200B\)/],
  ['another space', '{"a":\u20091}', [1, 6], /invisible character \(U\+2009\)/],
  ['a byte order mark in the middle', '{"a":1,\ufeff"b":2}', [1, 8], /byte order mark \(U\+FEFF\)/],
  ['no value', '{ "months": }', [1, 13], /a value is missing here/],
  [
    'a key twice',
    '{\n  "origins": [],\n  "id": "a",\n  "origins": []\n}',
    [4, 3],
    /"origins" is there already, on line 2, and only the last one would count/,
  ],
];

describe('A file that is not JSON is told where', () => {
  for (const [title, text, [line, column], fix] of MISTAKES) {
    it(title, () => {
      const mistake = jsonMistake(text);
      assert.match(mistake?.fix ?? '', fix);
      if (title !== 'half a file') assert.deepEqual({ line: mistake?.line, column: mistake?.column }, { line, column });
    });
  }

  it('everything that is JSON has none, and nothing else', () => {
    const parses = (text: string) => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    };
    const edited = fc
      .tuple(
        fc.json({ maxDepth: 3 }),
        fc.nat(),
        fc.nat(2),
        fc.constantFrom('', ',', '"', "'", '{', '}', '[', ']', ':', '\\', '\n', '0', '-', '.', 'e', 'true', ' '),
      )
      .map(([text, at, length, put]) => {
        const start = at % (text.length + 1);
        return text.slice(0, start) + put + text.slice(start + length);
      });
    fc.assert(
      fc.property(edited, (text) => {
        const mistake = jsonMistake(text);
        if (mistake?.fix.includes('is there already')) return;
        assert.equal(mistake === undefined, parses(text), JSON.stringify({ text, mistake }));
      }),
      { numRuns: 2000 },
    );
    assert.equal(jsonMistake(TEXT), undefined);
  });

  describe('in whatever encoding it was saved', () => {
    let file: string;
    let folder: string;

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'cookie-gatekeeper-encodings-'));
      file = join(folder, 'policy.json');
    });
    after(() => rm(folder, { recursive: true }));

    const bigEndian = (text: string) => Buffer.from(text, 'utf16le').swap16();
    const READ: Record<string, Buffer> = {
      'UTF-8': Buffer.from(TEXT),
      'UTF-8 with a byte order mark': Buffer.from(`\ufeff${TEXT}`),
      'UTF-16 with a byte order mark': Buffer.from(`\ufeff${TEXT}`, 'utf16le'),
      'UTF-16 without one': Buffer.from(TEXT, 'utf16le'),
      'UTF-16, big-endian': bigEndian(`\ufeff${TEXT}`),
      'UTF-16, big-endian, without a mark': bigEndian(TEXT),
    };
    for (const [title, bytes] of Object.entries(READ)) {
      it(`${title} is read`, async () => {
        await writeFile(file, bytes);
        assert.deepEqual(await readPolicy(file), SAMPLE);
      });
    }

    it('Windows-1252 would change what visitors read: said, with the line', async () => {
      await writeFile(file, Buffer.from('{\n  "provider": "Météo"\n}', 'latin1'));
      await assert.rejects(readPolicy(file), /policy\.json is not text in UTF-8: line 2 .*Save it as UTF-8/);
    });

    for (const [title, bytes] of Object.entries({
      nothing: Buffer.of(),
      spaces: Buffer.from(' \n'),
      'a byte order mark alone': Buffer.from('\ufeff'),
    })) {
      it(`${title}: it is empty`, async () => {
        await writeFile(file, bytes);
        await assert.rejects(readPolicy(file), /policy\.json is empty.*init/);
      });
    }

    it('a folder', () => assert.rejects(readPolicy(folder), /could not be read: it is a folder/));
    it('no file', () =>
      assert.rejects(readPolicy(join(folder, 'none.json')), /could not be read: there is no such file/));
  });
});
