import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const IMAGES = join(ROOT, 'docs/images');
const MOST_BYTES = 60_000;

describe('Pictures are small, and stay at home', () => {
  it('of the documentation, 60 kB each at most', () => {
    const large = readdirSync(IMAGES).filter((name) => statSync(join(IMAGES, name)).size > MOST_BYTES);
    assert.deepEqual(large, []);
  });

  it('and none of them is in the package, which has the documentation', () => {
    const packing = ['pack', '--dry-run', '--json', '--ignore-scripts'];
    const [packed] = JSON.parse(execFileSync('npm', packing, { cwd: ROOT, encoding: 'utf8' })) as [
      { files: { path: string }[] },
    ];
    const paths = packed.files.map(({ path }) => path);
    assert.ok(
      paths.includes('docs/interface.md') &&
        paths.includes('docs/decisions/0008-what-is-rarely-needed-is-loaded-when-it-is.md'),
    );
    assert.deepEqual(
      paths.filter((path) => /\.(png|webp|jpe?g|svg)$/.test(path)),
      [],
    );
  });
});
