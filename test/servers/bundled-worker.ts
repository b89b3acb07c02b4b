import { build, type Plugin } from 'esbuild';

/** The gateway as a Worker: what it stands before, and by which policy, are its bindings. */
export const GATEWAY = `import { gateway } from 'cookie-gatekeeper/server';
let guard;
export default {
  fetch: (request, { ORIGIN, POLICY, FILES }) =>
    (guard ??= gateway({ origin: ORIGIN, policy: POLICY, files: FILES }))(request),
};`;

/** What a library of CommonJS requires of Node is imported: in workerd, nothing can be required. */
const requiredModules: Plugin = {
  name: 'required-modules',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^http$/ }, ({ path }) => ({ path, namespace: 'required' }));
    onLoad({ filter: /./, namespace: 'required' }, ({ path }) => ({
      contents: `import required from 'node:${path}'; module.exports = required;`,
    }));
  },
};

/**
 * A worker in one file, as Cloudflare's own tools make it.
 * @param folder where what it imports is looked for
 */
export async function bundledWorker(source: string, folder: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: folder },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['node:*'],
    plugins: [requiredModules],
  });
  return outputFiles[0]!.text;
}
