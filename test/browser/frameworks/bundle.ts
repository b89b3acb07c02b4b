import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { compile } from 'svelte/compiler';

/** What a page of a framework's application begins with. */
export interface AppPage {
  /** The lock, where it is in the markup. */
  lock?: string;
  /** Code that stands in the head. */
  script: string;
  /** Path of the application's script. */
  bundle: string;
  state: AppState;
}

/** What an application shows: frames, each with text on both sides. */
export interface AppState {
  title: string;
  isShown: boolean;
  items: { key: string; label: string; src: string; service: string | undefined }[];
}

export interface Framework {
  /** The application's script. */
  client: string;
  /** Makes what stands in `main`, or the whole document, on the server; without it, there is nothing before the script runs. */
  markup?(page: AppPage): Promise<string> | string;
}

const HERE = fileURLToPath(new URL('.', import.meta.url));

/** Of each, what the developers of a site have: warnings of what was not as they expected it. */
const DEVELOPMENT = {
  'process.env.NODE_ENV': '"development"',
  __VUE_OPTIONS_API__: 'true',
  __VUE_PROD_DEVTOOLS__: 'false',
  __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'true',
};

/** Bundles an application of this folder, and what renders it on its server. */
export async function bundled(app: string, server?: { file: string; render: string }): Promise<Framework> {
  const client = await bundle(app, {
    format: 'iife',
    conditions: ['svelte', 'browser', 'development'],
    alias: { vue: 'vue/dist/vue.esm-bundler.js' },
    plugins: [svelte('client')],
  });
  if (!server) return { client };
  const code = await bundle(server.file, {
    format: 'cjs',
    platform: 'node',
    conditions: ['svelte', 'development'],
    plugins: [svelte('server')],
  });
  const module = { exports: {} as Record<string, Framework['markup']> };
  new Function('module', 'exports', 'require', code)(module, module.exports, createRequire(import.meta.url));
  return { client, markup: module.exports[server.render] };
}

async function bundle(file: string, options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [HERE + file],
    bundle: true,
    write: false,
    define: DEVELOPMENT,
    logLevel: 'error',
    ...options,
  });
  return outputFiles![0]!.text;
}

function svelte(generate: 'client' | 'server'): Plugin {
  return {
    name: 'svelte',
    setup({ onLoad }) {
      onLoad({ filter: /\.svelte$/ }, async ({ path: filename }) => {
        const { js } = compile(await readFile(filename, 'utf8'), { filename, generate, dev: true });
        return { contents: js.code, loader: 'js' };
      });
    },
  };
}
