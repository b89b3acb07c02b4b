import { readFileSync } from 'node:fs';
import type { Answer } from './http-server';

const TYPES: Record<string, string> = { js: 'text/javascript', css: 'text/css', woff2: 'font/woff2' };

/** A file of a package in node_modules, as a site serves it. */
export function packageFile(path: string): Answer {
  return file(path, readFileSync(new URL(`../../../node_modules/${path}`, import.meta.url)));
}

/** @param name whose ending says what it is */
export function file(name: string, body: string | Buffer): Answer {
  return { headers: { 'Content-Type': TYPES[name.split('.').at(-1)!]!, 'Cache-Control': 'no-cache' }, body };
}
