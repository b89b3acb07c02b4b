import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { cp, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import nodeResolve from '@rollup/plugin-node-resolve';
import typescript from '@rollup/plugin-typescript';
import { minify } from '@swc/core';
import ts from 'typescript';
import { knownParties } from './src/cli/audit/compile-known-parties.mjs';

/** The one that runs this: imported, it would be loaded, and warmed up, a second time. */
const { rollup } = createRequire(import.meta.url)('rollup');

/** What `npx cookie-gatekeeper build` puts a policy into: whole scripts, with the two libraries inside. By the built file's name. */
const templates = {
  'page.js': 'src/page/standalone.ts',
  'page-with-interface.js': 'src/page/standalone-with-interface.ts',
  'page-tag.js': 'src/page/standalone-tag.ts',
  'page-tag-with-interface.js': 'src/page/standalone-tag-with-interface.ts',
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

/**
 * The package's entry points, as modules for the developer's own bundler and for Node.
 * @param options `--configWithoutTypes`: the example starts sooner without the types, which nobody asks it for
 */
const entryPoints = ({ configWithoutTypes = false }) => ({
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
  // Whoever bundles these leaves out what is not used.
  treeshake: false,
  external: [
    /^node:/,
    /^@duckduckgo\/autoconsent/,
    /^acorn/,
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
    emptyFolder(),
    !configWithoutTypes && declarations(),
    typescript({
      tsconfig: 'src/tsconfig.build.json',
      declaration: false,
      lib: ['es5'],
      types: [],
      typescript: { ...ts, resolveModuleName: resolveOwn },
    }),
    policyData(),
    bundleTemplates(),
  ],
});

/** Bundles the templates out of what TypeScript has made: the sources are compiled once. */
function bundleTemplates() {
  return {
    name: 'templates',
    writeBundle() {
      const onwarn = (warning) => this.warn(warning);
      return Promise.all(Object.entries(templates).map(([file, source]) => bundleTemplate(file, source, onwarn)));
    },
  };
}

async function bundleTemplate(file, source, onwarn) {
  const input = `dist/${source.replace('.ts', '.js')}`;
  const bundle = await rollup({ input, onwarn, plugins: [nodeResolve(), closeStyles(), withoutWorkboxVersions()] });
  const plugins = [minified({ module: !names[file] })];
  await bundle.write({ file: `dist/templates/${file}`, format: 'iife', name: names[file], plugins });
  await bundle.close();
}

const compress = {
  ecma: 2022,
  passes: 3,
  unsafe_arrows: true,
  unsafe_methods: true,
  keep_fargs: false,
  pure_getters: true,
};

/**
 * Makes a script small. SWC takes a twentieth of the time that terser takes, and one byte in a hundred more off.
 * @param module whether nobody else needs the names at its top
 */
function minified({ module }) {
  return { name: 'minified', renderChunk: (code) => minify(code, { ecma: 2022, compress, mangle: true, module }) };
}

/** Styles are written to be read; visitors are not sent the space for that. So no selector may have a space before a colon. */
function closeStyles() {
  return {
    name: 'close-styles',
    transform: (code, id) =>
      id.endsWith('-styles.js') ? { code: code.replace(/\s*([{};:,>])\s*/g, '$1'), map: null } : null,
  };
}

/** JavaScript is made of a file by itself (`isolatedModules`): the types of other packages are not even read. */
function resolveOwn(name, ...rest) {
  return name.startsWith('.') ? ts.resolveModuleName(name, ...rest) : { resolvedModule: undefined };
}

/** Each of Workbox's modules says in the global scope which version it is, and nobody here asks. */
function withoutWorkboxVersions() {
  return {
    name: 'without-workbox-versions',
    transform: (code, id) =>
      id.includes('workbox-window')
        ? { code: code.replace(/try\{self\["workbox:[^}]*\}catch\(\w+\)\{\}/g, ''), map: null }
        : null,
  };
}

/** What a file was called before is not published. */
function emptyFolder() {
  return { name: 'empty-folder', buildStart: () => rmSync('dist', { recursive: true, force: true }) };
}

/** The types are made meanwhile, by another thread. */
function declarations() {
  let written;
  return {
    name: 'declarations',
    buildStart() {
      written = once(new Worker('./src/emit-declarations.mjs'), 'exit');
      // Until it is waited for, below.
      written.catch(() => undefined);
    },
    writeBundle: () => written,
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

export default entryPoints;
