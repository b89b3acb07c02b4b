import { startThirdParty, type ThirdParty } from '../../example/third-parties/third-party';

/** A necessary service of the site: its server, which the visitor's requests are to reach as without us. */
export function startNecessary(): Promise<ThirdParty> {
  return startThirdParty('necessary_uid', 0, (app) => {
    app.all('/text', (c) => c.text('text'));
    app.get('/to-text', (c) => c.redirect('/text?redirected'));
    app.get('/gone', (c) => c.text('gone', 410));
  });
}

/** Somebody else's site, which links to the site, posts to it, and embeds it. */
export function startElsewhere(): Promise<ThirdParty> {
  return startThirdParty('elsewhere_uid', 0, (app) => {
    app.get('/linking', (c) =>
      c.html(
        `<!doctype html><title>Elsewhere</title><a href="${c.req.query('to')}">link</a><form method="post" action="${c.req.query('to')}"><button>post</button></form>`,
      ),
    );
    app.get('/embedding', (c) =>
      c.html(
        `<!doctype html><title>Embedding</title><script>onmessage = ({ data }) => { window.told = data }</script><iframe src="${c.req.query('to')}"></iframe>`,
      ),
    );
  });
}
