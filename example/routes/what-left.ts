import { Hono } from 'hono';
import type { Site } from '../site';

/** What each third party has received, counted by its own server: the panel asks once a second. */
export function whatLeft(site: Site): Hono {
  const app = new Hono();
  app.get('/what-left', (c) => {
    const services = Object.entries(site.thirdParties).map(([id, { requests }]) => {
      const latest = requests.at(-1);
      return {
        id,
        requests: requests.length,
        latest: latest && {
          method: latest.method,
          path: latest.path,
          cookie: latest.cookie !== undefined,
          referer: latest.referer !== undefined,
        },
      };
    });
    c.header('Cache-Control', 'no-store');
    return c.json(services);
  });
  return app;
}
