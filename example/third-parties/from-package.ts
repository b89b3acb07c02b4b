import { readFile } from 'node:fs/promises';

/** The text of a file in node_modules, such as `leaflet/dist/leaflet.js`. */
export function fromPackage(path: string): Promise<string> {
  return readFile(new URL(`../../node_modules/${path}`, import.meta.url), 'utf8');
}
