import { fromPackage } from './from-package';
import type { Routes } from './third-party';

const MODULES = 'plausible-tracker/build/module';

/** Plausible: plausible-tracker as published, loaded as a module from Plausible's own origin. */
export const plausible: Routes = (app, origin) => {
  app.get('/js/script.js', (c) => {
    const script = `import Plausible from './index.js';
Plausible({ apiHost: '${origin()}', trackLocalhost: true }).enableAutoPageviews();
`;
    return c.body(script, 200, { 'Content-Type': 'text/javascript' });
  });

  // The package was compiled for bundlers: its modules import each other without the extension.
  app.get('/js/:module{(index|lib/tracker|lib/request)(\\.js)?}', async (c) => {
    const module = c.req.param('module').replace(/\.js$/, '');
    return c.body(await fromPackage(`${MODULES}/${module}.js`), 200, { 'Content-Type': 'text/javascript' });
  });

  app.post('/api/event', (c) => c.text('ok', 202));
};
