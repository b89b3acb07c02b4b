import { Hono } from 'hono';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';

const PUBLIC = new URL('../public/', import.meta.url);
const PACKAGES = new URL('../../node_modules/', import.meta.url);

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
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

/** The State's design system, for the portal in that theme. Its styles name fonts and icons beside them. */
files.get('/dsfr/*', async (c, next) => {
  const file = new URL(`@gouvfr/dsfr/dist/${c.req.path.slice('/dsfr/'.length)}`, PACKAGES);
  const type = types[extname(file.pathname)];
  const bytes = type && (await readFile(file).catch(() => undefined));
  return bytes ? c.body(new Uint8Array(bytes), 200, { 'Content-Type': type, 'Cache-Control': 'no-cache' }) : next();
});

function serve(path: string, file: URL): void {
  const type = types[extname(path)]!;
  files.get(path, (c) =>
    c.body(readFileSync(file, 'utf8'), 200, { 'Content-Type': type, 'Cache-Control': 'no-cache' }),
  );
}
