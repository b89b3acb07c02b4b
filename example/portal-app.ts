import { Hono } from 'hono';
import { builtFileNames, type BuiltFileName } from './built-files';
import { findDataset } from './data/datasets';
import { cataloguePage } from './pages/catalogue';
import { cookiesPolicyPage } from './pages/cookies-policy';
import { datasetPage } from './pages/dataset';
import { notFoundPage } from './pages/not-found';
import { api } from './routes/api';
import { demo } from './routes/demo';
import { files } from './routes/files';
import { session } from './routes/session';
import { whatLeft } from './routes/what-left';
import type { Site } from './site';
import { eulerian } from './third-parties/eulerian';
import { recogniseVisit, type PortalEnv } from './visit';

/** Answers a path that is not one of the portal's own. */
export type Respond = (request: Request) => Response | Promise<Response>;

interface Parts {
  site: Site;
  /** The Content-Security-Policy headers that every document, and the worker's script, are sent with. */
  headerLocks?: { name: string; documents: string; worker: string };
  /** The gatekeeper's files, as they are now. */
  gatekeeper: Record<BuiltFileName, string>;
  added: Map<string, Respond>;
}

/** The portal's server: what a site has to do for the gatekeeper, and then the portal itself. */
export function portalApp({ site, headerLocks, gatekeeper, added }: Parts): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>();
  const sessions = new Map<string, string>();

  app.use(async (c, next) => {
    await next();
    if (!headerLocks) return;
    const { name, documents, worker } = headerLocks;
    if (c.req.path === '/gatekeeper-sw.js') c.res.headers.set(name, worker);
    else if (c.res.headers.get('Content-Type')?.startsWith('text/html')) c.res.headers.append(name, documents);
  });
  for (const name of builtFileNames) {
    app.get(`/${name}`, (c, next) =>
      gatekeeper[name]
        ? c.body(gatekeeper[name], 200, { 'Content-Type': 'text/javascript', 'Cache-Control': 'no-cache' })
        : next(),
    );
  }

  app.route('/', files);
  app.route('/', whatLeft(site));
  app.route('/demo', demo);
  app.route('/ea', eulerian(site.thirdParties.eulerian.requests));
  app.use(async (c, next) => {
    const respond = added.get(c.req.path);
    return respond ? respond(c.req.raw) : next();
  });

  app.use(recogniseVisit(sessions));
  app.route('/api', api);
  app.route('/', session(site, sessions));
  app.get('/', (c) => c.html(cataloguePage(site, c.var.visit, c.req.query('q') ?? '')));
  app.get('/cookies', (c) => c.html(cookiesPolicyPage(site, c.var.visit)));
  app.get('/dataset/:id', (c, next) => {
    const dataset = findDataset(c.req.param('id'));
    return dataset ? c.html(datasetPage(site, c.var.visit, dataset)) : next();
  });
  app.get('*', (c) => c.html(notFoundPage(site, c.var.visit), 404));
  return app;
}
