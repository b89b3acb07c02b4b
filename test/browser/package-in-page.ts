import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import manifest from '../../package.json';
import type { TestedExample } from './third-party-hits';

const PACKAGES = new URL('../../', import.meta.url);
const SERVED_FROM = '/package/';
const IMPORTED = /(?:\bfrom|^import|\bimport\() ?['"]([^'"\n]+)['"]/gm;

/** Every path that the package exports, as it is imported: `cookie-gatekeeper/matomo`. */
export const entryPoints = Object.keys(manifest.exports).map((path) => manifest.name + path.slice(1));

/**
 * Lets the pages of the portal import entry points of the built package under their names, without a bundler.
 * @returns an import map, for the page's head
 */
export function servePackage(example: TestedExample, imported: string[]): string {
  const imports: Record<string, string> = {};
  const served = new Set<string>();
  const serve = (url: string): string => {
    const path = SERVED_FROM + url.slice(PACKAGES.href.length);
    if (served.has(url)) return path;
    served.add(url);
    const text = readFileSync(fileURLToPath(url), 'utf8');
    example.route(path, () => new Response(text, { headers: { 'Content-Type': 'text/javascript' } }));
    for (const [, specifier] of text.matchAll(IMPORTED)) resolve(specifier!, url);
    return path;
  };
  const resolve = (specifier: string, from: string): void => {
    if (specifier.startsWith('.')) serve(new URL(specifier, from).href);
    else imports[specifier] = serve(import.meta.resolve(specifier));
  };
  for (const entryPoint of imported) resolve(entryPoint, import.meta.url);
  return `<script type="importmap">${JSON.stringify({ imports })}</script>`;
}
