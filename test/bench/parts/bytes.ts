import { brotliCompressSync, gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import nodeResolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { rollup } from 'rollup';
import { buildFiles, builtFileNames } from '../../../example/built-files';
import { environmentOf } from '../environment';
import type { Part } from '../part';
import type { Row, Table } from '../report/results';

const ENTRY_POINTS: Record<string, string> = {
  'cookie-gatekeeper': 'src/page/index.js',
  'cookie-gatekeeper/worker': 'sw/index.js',
  'cookie-gatekeeper/elements': 'src/elements/index.js',
  'cookie-gatekeeper/google-consent-mode': 'src/adapters/google-consent-mode.js',
  'cookie-gatekeeper/matomo': 'src/adapters/matomo.js',
};

const COLUMNS: Table['columns'] = [
  { name: 'brotli', unit: 'bytes' },
  { name: 'gzip', unit: 'bytes' },
  { name: 'uncompressed', unit: 'bytes' },
];

/** The policy's own data is the site's. */
const EMPTY = { revision: '1', services: [] };

export const bytes: Part = {
  id: 'bytes',
  async measure() {
    const own = (await buildFiles(EMPTY, 'own')).text;
    const dsfr = (await buildFiles(EMPTY, 'dsfr')).text;
    const without = (await buildFiles(EMPTY)).text;
    const built = [
      ...builtFileNames.map((name) =>
        rowOf(name === 'gatekeeper-interface.js' ? `${name}, own theme` : name, own[name]),
      ),
      rowOf('gatekeeper-interface.js, DSFR', dsfr['gatekeeper-interface.js']),
      rowOf('gatekeeper.js, without an interface', without['gatekeeper.js']),
    ];
    const entries: Row[] = [];
    for (const [name, module] of Object.entries(ENTRY_POINTS)) entries.push(rowOf(name, ...(await bundle(module))));
    return {
      title: 'Bytes',
      method: [
        'The files that `npx cookie-gatekeeper build` writes, for a policy without services; and the entry points that a bundler makes a part of a page or a worker, each alone, with all that it exports and may load.',
      ],
      environment: environmentOf([], 'once'),
      tables: [
        { title: 'Built files', columns: COLUMNS, rows: built },
        { title: 'Entry points', columns: COLUMNS, rows: entries },
      ],
    };
  },
};

function rowOf(name: string, ...texts: string[]): Row {
  const sum = (size: (text: string) => number) => [texts.reduce((sum, text) => sum + size(text), 0)];
  return {
    name,
    cells: [
      sum((text) => brotliCompressSync(text).length),
      sum((text) => gzipSync(text).length),
      sum((text) => Buffer.byteLength(text)),
    ],
  };
}

/** @returns the chunks */
async function bundle(module: string): Promise<string[]> {
  const bundled = await rollup({
    input: fileURLToPath(new URL(`../../../dist/${module}`, import.meta.url)),
    plugins: [nodeResolve({ browser: true })],
  });
  const { output } = await bundled.generate({ format: 'es', plugins: [terser({ module: true, ecma: 2020 })] });
  await bundled.close();
  return output.flatMap((chunk) => (chunk.type === 'chunk' ? [chunk.code] : []));
}
