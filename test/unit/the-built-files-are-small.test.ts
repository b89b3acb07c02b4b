import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { build, type BuildOptions } from '../../src/cli/build';

/** Without services: the policy's own data is the site's. */
const EMPTY = { revision: '1', services: [] };

/** In bytes, as a server sends them: compressed with brotli, quality 11. `together` is all that a visitor's page may load. */
// What was reached: so nothing grows unseen. The README says what they are meant to be.
const LIMITS = { page: 8_090, worker: 7_300, asked: 13_000, dsfr: 4_400, together: 36_050 };

describe('The built files are small', () => {
  let out: string;

  beforeEach(async () => {
    out = await mkdtemp(join(tmpdir(), 'cookie-gatekeeper-sizes-'));
  });
  afterEach(() => rm(out, { recursive: true }));

  async function sizes(options: Partial<BuildOptions> = {}): Promise<Record<string, number>> {
    const { files } = await build(EMPTY, { out, ...options });
    const sized = files.map(
      async (file) =>
        [
          basename(file),
          brotliCompressSync(await readFile(file), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
        ] as const,
    );
    return Object.fromEntries(await Promise.all(sized));
  }

  const assertAtMost = (size: number, limit: number) =>
    assert.ok(size <= limit, `${size} bytes; the limit is ${limit}`);

  it('the page', async () => assertAtMost((await sizes())['gatekeeper.js']!, LIMITS.page));
  it('the worker', async () => assertAtMost((await sizes())['gatekeeper-sw.js']!, LIMITS.worker));

  it('what asks the visitor, with its styles, in French and English', async () => {
    const {
      'gatekeeper.js': page,
      'gatekeeper-interface.js': shown,
      'gatekeeper-preferences.js': preferences,
      'gatekeeper-on-demand.js': onDemand,
    } = await sizes({ interface: 'own' });
    assertAtMost(page! + shown!, LIMITS.asked);
    assertAtMost(page! + shown! + preferences! + onDemand!, LIMITS.together);
  });

  it('the interface in the State’s design system, whose styles the site has', async () => {
    assertAtMost((await sizes({ interface: 'dsfr' }))['gatekeeper-interface.js']!, LIMITS.dsfr);
  });
});
