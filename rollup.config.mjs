import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import nodeResolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import typescript from '@rollup/plugin-typescript';
import { knownParties } from './src/cli/audit/compile-known-parties.mjs';

/** What `npx cookie-gatekeeper build` puts a policy into: whole scripts, with the two libraries inside. By the built file's name. */
const templates = {
  'page.js': 'src/page/standalone.ts',
  'page-with-interface.js': 'src/page/standalone-with-interface.ts',
  'interface-own.js': 'src/elements/standalone-own.ts',
  'interface-dsfr.js': 'src/elements/standalone-dsfr.ts',
  'preferences-own.js': 'src/elements/standalone-preferences-own.ts',
  'preferences-dsfr.js': 'src/elements/standalone-preferences-dsfr.ts',
  'on-demand.js': 'src/page/standalone-on-demand.ts',
  'diagnosis.js': 'src/diagnosis/standalone.ts',
  'worker.js': 'sw/standalone.ts',
  'worker-meta.js': 'sw/standalone-meta.ts',
  'preview-panel.js': 'src/preview-panel/standalone.ts',
};

/** What the page knows those as that it loads when they are needed. */
const names = {
  'on-demand.js': 'gatekeeperOnDemand',
  'diagnosis.js': 'gatekeeperDiagnosis',
  'interface-own.js': 'gatekeeperInterface',
  'interface-dsfr.js': 'gatekeeperInterface',
  'preferences-own.js': 'gatekeeperPreferences',
  'preferences-dsfr.js': 'gatekeeperPreferences',
};

/** The package's entry points, as modules for the developer's own bundler and for Node. */
const entryPoints = {
  input: [
    'src/page/index.ts',
    'sw/index.ts',
    'src/policy/index.ts',
    'src/server/index.ts',
    'src/elements/index.ts',
    'src/adapters/google-consent-mode.ts',
    'src/adapters/matomo.ts',
    'src/cli/index.ts',
    'src/cli/main.ts',
    ...Object.values(templates),
  ],
  output: { dir: 'dist', format: 'es', sourcemap: true, preserveModules: true, preserveModulesRoot: '.' },
  external: [
    /^node:/,
    /^@duckduckgo\/autoconsent/,
    'httpxy',
    'idb-keyval',
    'jsonc-parser',
    'on-headers',
    'puppeteer',
    'tldts',
    'zod',
    /^workbox-window/,
  ],
  plugins: [
    emptyDist(),
    typescript({
      tsconfig: 'src/tsconfig.build.json',
      noEmitOnError: true,
      declaration: true,
      outDir: 'dist',
      rootDir: '.',
    }),
    nodeTypes(),
    policyData(),
  ],
};

/** Bundles one of them from what TypeScript has made of it: the sources are compiled once. */
const template = ([file, source]) => ({
  input: `dist/${source.replace('.ts', '.js')}`,
  output: {
    file: `dist/templates/${file}`,
    format: 'iife',
    name: names[file],
    plugins: [
      terser({
        ecma: 2022,
        module: !names[file],
        compress: { passes: 3, unsafe_arrows: true, unsafe_methods: true, keep_fargs: false, pure_getters: true },
      }),
    ],
  },
  plugins: [nodeResolve(), closeStyles()],
});

/** Styles are written to be read; visitors are not sent the space for that. So no selector may have a space before a colon. */
function closeStyles() {
  return {
    name: 'close-styles',
    transform: (code, id) =>
      id.endsWith('-styles.js') ? { code: code.replace(/\s*([{};:,>])\s*/g, '$1'), map: null } : null,
  };
}

function emptyDist() {
  return { name: 'empty-dist', buildStart: () => rm('dist', { recursive: true, force: true }) };
}

/** TypeScript writes addresses as the sources have them; where Node's own rules are asked for, it then finds no types, and says nothing. */
function nodeTypes() {
  return {
    name: 'node-types',
    async writeBundle() {
      const files = (await readdir('dist', { recursive: true })).filter((file) => file.endsWith('.d.ts'));
      for (const file of files.map((name) => `dist/${name}`)) {
        const text = await readFile(file, 'utf8');
        await writeFile(file, text.replace(/((?:from|import) ?\(?)'(\.[^']+?)(\.js)?'/g, "$1'$2.js'"));
      }
    },
  };
}

/** policy.schema.json comes from the same schema as types and validation; presets are shipped as they are, and who is known for an audit as its sources have it. */
function policyData() {
  return {
    name: 'policy-data',
    async writeBundle() {
      const { policyJsonSchema } = await import(pathToFileURL('dist/src/policy/index.js'));
      await writeFile('dist/policy.schema.json', `${JSON.stringify(policyJsonSchema(), null, 2)}\n`);
      await cp('src/policy/presets', 'dist/presets', { recursive: true });
      await writeFile('dist/known-parties.json', await knownParties());
    },
  };
}

export default [entryPoints, ...Object.entries(templates).map(template)];
