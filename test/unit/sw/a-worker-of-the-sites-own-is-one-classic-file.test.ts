import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import nodeResolve from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import { SAMPLE } from '../sample-policy';

const WORKER = fileURLToPath(new URL('../../../dist/sw/index.js', import.meta.url));
const OWN_WORKER = `
import { startGatekeeping } from ${JSON.stringify(WORKER)};
startGatekeeping(${JSON.stringify(SAMPLE)});
self.addEventListener('fetch', () => {});
`;
const ENTRY = '\0own-worker';

describe('A worker of the site’s own is one classic file', () => {
  it('when it is bundled by itself, without the schema', async () => {
    const own = {
      name: 'own-worker',
      resolveId: (id: string) => (id === ENTRY ? id : null),
      load: (id: string) => (id === ENTRY ? OWN_WORKER : null),
    };
    const bundle = await rollup({ input: ENTRY, plugins: [own, nodeResolve({ browser: true })] });
    const { output } = await bundle.generate({ format: 'iife' });
    assert.equal(output.length, 1);
    const [{ code, imports, dynamicImports, moduleIds }] = output;
    // Throws for a module.
    new Script(code);
    assert.deepEqual([...imports, ...dynamicImports], []);
    assert.deepEqual(
      moduleIds.filter((id) => /zod|policy\/schema/.test(id)),
      [],
    );
  });
});
