import land from './land.json';
import type { Routes } from './third-party';

const TILE_PIXELS = 256;

/** A map service: draws the tile asked for. */
export const tiles: Routes = (app) => {
  app.get('/:z{\\d+}/:x{\\d+}/:y{\\d+\\.svg}', (c) => {
    const [z, x, y] = [c.req.param('z'), c.req.param('x'), c.req.param('y')].map((part) => Number.parseInt(part));
    return c.body(drawTile(z!, x!, y!), 200, { 'Content-Type': 'image/svg+xml' });
  });
};

/** Draws the world's coasts and borders (Natural Earth 1:110m, public domain, simplified) in Web Mercator. */
function drawTile(z: number, x: number, y: number): string {
  const size = TILE_PIXELS * 2 ** z;
  const point = (longitude: number, latitude: number) => {
    const radians = (latitude * Math.PI) / 180;
    const north = Math.log(Math.tan(Math.PI / 4 + radians / 2)) / Math.PI;
    const px = ((longitude + 180) / 360) * size - x * TILE_PIXELS;
    const py = ((1 - north) / 2) * size - y * TILE_PIXELS;
    return `${px.toFixed(1)} ${py.toFixed(1)}`;
  };
  const line = (flat: number[]) => {
    const points = [];
    for (let i = 0; i + 1 < flat.length; i += 2) points.push(point(flat[i]!, flat[i + 1]!));
    return `M${points.join('L')}`;
  };
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${TILE_PIXELS}" height="${TILE_PIXELS}">
<rect width="100%" height="100%" fill="#cfe3ee"/>
<path d="${land.coasts.map(line).join('')}" fill="#f4f1e8" stroke="#9fb8c6" stroke-width="1" stroke-linejoin="round"/>
<path d="${land.borders.map(line).join('')}" fill="none" stroke="#d5cfbf" stroke-width="1" stroke-linejoin="round"/>
</svg>`;
}
