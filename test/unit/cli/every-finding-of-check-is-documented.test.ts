import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';

const root = new URL('../../../', import.meta.url);

describe('Every finding of check is documented', () => {
  it('by its code, and no other is', async () => {
    const folder = new URL('src/cli/check/', root);
    const files = (await readdir(folder)).map((name) => new URL(name, folder));
    const sources = await Promise.all(
      [...files, new URL('src/cli/commands/check.ts', root)].map((file) => readFile(file, 'utf8')),
    );
    const used = sources.flatMap((text) => [...text.matchAll(/\b(?:problem|note)\(\s*'([a-z-]+)'/g)]);
    const rows = (await readFile(new URL('docs/check.md', root), 'utf8')).match(/^\| `[^|]*/gm)!;
    const documented = rows.flatMap((row) => [...row.matchAll(/`([a-z-]+)`/g)]);
    const sorted = (found: RegExpExecArray[]) => [...new Set(found.map(([, code]) => code))].sort();
    assert.ok(used.length > 30, 'they are found');
    assert.deepEqual(sorted(documented), sorted(used));
  });
});
