import { setTimeout as pause } from 'node:timers/promises';
import { chime } from '../../example/chime';
import { rangedResponse } from '../../example/ranged-response';
import { startThirdParty, type ThirdParty } from '../../example/third-parties/third-party';

/** How long a slow script may keep those below it waiting. */
const SLOW_MS = 300;
const POLL_MS = 10;

/**
 * A third party that serves one of everything. Its scripts add their names to `window.ran` when they run;
 * `?after=second` keeps a script back until `second.js` was asked for as well.
 */
export async function startPartner(): Promise<ThirdParty> {
  const partner: ThirdParty = await startThirdParty('partner_uid', 0, (app) => {
    app.get('/script/:file', async (c) => {
      const after = c.req.query('after');
      const limit = Date.now() + SLOW_MS;
      while (after && Date.now() < limit && !partner.requests.some(({ path }) => path === `/script/${after}.js`))
        await pause(POLL_MS);
      return c.body(`(window.ran ??= []).push('${c.req.param('file').replace('.js', '')}');`, 200, {
        'Content-Type': 'text/javascript',
      });
    });
    app.get('/style/:file', (c) =>
      c.body(`:root { --${c.req.param('file').replace('.css', '')}: loaded; }`, 200, { 'Content-Type': 'text/css' }),
    );
    app.get('/image/:file', (c) =>
      c.body('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>', 200, {
        'Content-Type': 'image/svg+xml',
      }),
    );
    app.get('/sound/:file', (c) => rangedResponse(c.req.raw, chime(), 'audio/wav'));
    app.get('/redirect', (c) => c.redirect(c.req.query('to')!));
    app.get('/busy', (c) =>
      c.html(
        `<!doctype html><title>A player that reports</title><script>setInterval(() => fetch('/pulse'), 50)</script>`,
      ),
    );
    app.get('/frame/:file', (c) => c.html('<!doctype html><title>A frame</title>'));
  });
  return partner;
}

/** The partner, as the site's policy has it. */
export function partnerService({ origin }: ThirdParty) {
  return { id: 'partner', provider: 'Partner', purpose: 'third-party', origins: [origin] };
}
