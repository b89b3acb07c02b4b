import { Hono } from 'hono';
import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';

const PUBLIC = new URL('../public/', import.meta.url);
const PACKAGES = new URL('../../node_modules/', import.meta.url);

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Libraries that the portal hosts itself. */
const vendored: Record<string, string> = {
  'chart.js': 'chart.js/dist/chart.umd.min.js',
  'leaflet.js': 'leaflet/dist/leaflet.js',
  'leaflet.css': 'leaflet/dist/leaflet.css',
};

/** The portal's own scripts, styles and pictures. */
export const files = new Hono();

for (const name of readdirSync(PUBLIC)) serve(`/public/${name}`, new URL(name, PUBLIC));
for (const [name, path] of Object.entries(vendored)) serve(`/vendor/${name}`, new URL(path, PACKAGES));

function serve(path: string, file: URL): void {
  const type = types[extname(path)]!;
  files.get(path, (c) => c.body(readFileSync(file, 'utf8'), 200, { 'Content-Type': type, 'Cache-Control': 'no-cache' }));
}
