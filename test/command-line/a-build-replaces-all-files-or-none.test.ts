import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { OccupiedPathError, replaceFiles } from '../../src/cli/replace-files';

describe('A build replaces all files or none', () => {
  let folder: string;
  const contents = (...names: string[]) => new Map(names.map((name) => [join(folder, name), 'new']));
  const read = async () =>
    Object.fromEntries(
      await Promise.all(
        (await readdir(folder))
          .sort()
          .map(async (name) => [name, await readFile(join(folder, name), 'utf8').catch(() => 'no file')]),
      ),
    );

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cookie-gatekeeper-replace-'));
    await writeFile(join(folder, 'a.js'), 'old');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('all, also what was not there', async () => {
    await replaceFiles(contents('a.js', 'b.js'));
    assert.deepEqual(await read(), { 'a.js': 'new', 'b.js': 'new' });
  });

  it('none, when a folder is in the place of one, whichever it is', async () => {
    await mkdir(join(folder, 'b.js'));
    for (const names of [
      ['a.js', 'b.js'],
      ['b.js', 'a.js', 'c.js'],
    ])
      await assert.rejects(replaceFiles(contents(...names)), OccupiedPathError);
    assert.deepEqual(await read(), { 'a.js': 'old', 'b.js': 'no file' });
  });

  it('none, when one cannot be written', async () => {
    await assert.rejects(replaceFiles(contents('a.js', 'missing/b.js', 'c.js')), { code: 'ENOENT' });
    assert.deepEqual(await read(), { 'a.js': 'old' });
  });

  it('none, when the name of one is too long', async () => {
    await assert.rejects(replaceFiles(contents('a.js', 'c.js', `${'b'.repeat(250)}.js`)), { code: 'ENAMETOOLONG' });
    assert.deepEqual(await read(), { 'a.js': 'old' });
  });

  it('none, when one cannot be put in its place after others were', async () => {
    // Writing into a pipe waits for a reader: meanwhile somebody puts a folder where there was nothing.
    const pipe = join(folder, `c.js.${process.pid}.tmp`);
    execFileSync('mkfifo', [pipe]);
    const replaced = replaceFiles(contents('a.js', 'new.js', 'b.js', 'c.js'));
    while (!(await readdir(folder)).includes(`b.js.${process.pid}.tmp`)) await pause(5);
    await mkdir(join(folder, 'b.js'));
    await readFile(pipe);
    await assert.rejects(replaced, { code: 'EISDIR' });
    assert.deepEqual(await read(), { 'a.js': 'old', 'b.js': 'no file' });
  });
});
