import assert from 'node:assert/strict';
import { mapResponse } from '../../../../src/cli/preview/map-response';
import { MappedAddresses } from '../../../../src/cli/preview/mapped-addresses';
import { PreviewCsp } from '../../../../src/cli/preview/preview-csp';
import { readCsp } from '../../content-security-policy';

const PREVIEW = 'http://localhost:8088';
const SCRIPT = `${PREVIEW}/gatekeeper.js`;
const WORKER = `${PREVIEW}/gatekeeper-sw.js`;
const POSTS = `${PREVIEW}/__gatekeeper-preview/`;
const addresses = new MappedAddresses(new URL('https://data.portal.example'), new URL(PREVIEW));
const LOCK = "default-src 'self'; report-to cookie-gatekeeper";

function mapped(csp: string): { sent: string; directives: Map<string, string[]>; lacking: string[] } {
  const policies = new PreviewCsp(addresses);
  const sent = policies.header(csp, { scripts: [SCRIPT], worker: WORKER, posts: POSTS, nonce: 'n1' });
  return { sent, directives: readCsp(sent), lacking: [...policies.lacking] };
}

describe('A preview runs under the site’s own policy', () => {
  it('which is sent as it is where it permits what is the site’s own', () => {
    const csp = "default-src 'self'; script-src 'self' 'unsafe-inline'; img-src *; report-uri /csp";
    assert.deepEqual([mapped(csp).sent, mapped(csp).lacking], [csp, []]);
    assert.equal(mapped(`${csp}, ${LOCK}`).sent, `${csp}, ${LOCK}`);
  });

  it('with the site’s addresses as the preview’s, and without what needs https', () => {
    const { directives } = mapped(
      'script-src https://data.portal.example/js/ https://cdn.example; img-src data.portal.example https:; ' +
        "connect-src 'self' wss://data.portal.example https://*.portal.example; form-action https://data.portal.example; " +
        'upgrade-insecure-requests; block-all-mixed-content; frame-ancestors https://www.portal.example',
    );
    assert.deepEqual(directives.get('script-src'), [`${PREVIEW}/js/`, 'https://cdn.example', SCRIPT]);
    assert.deepEqual(directives.get('img-src'), [PREVIEW, 'https:']);
    assert.deepEqual(directives.get('connect-src'), [
      "'self'",
      PREVIEW,
      'ws://localhost:8088',
      'https://*.portal.example',
    ]);
    assert.deepEqual(directives.get('form-action'), [PREVIEW]);
    assert.deepEqual(directives.get('frame-ancestors'), ['https://www.portal.example']);
    assert.ok(!directives.has('upgrade-insecure-requests') && !directives.has('block-all-mixed-content'));
  });

  it('and permits no more than the gatekeeper and the panel, where it forbids them', () => {
    const { directives, lacking } = mapped("default-src 'none'; img-src 'self'; trusted-types site");
    assert.deepEqual(directives.get('default-src'), ["'none'"]);
    assert.deepEqual(directives.get('script-src'), [SCRIPT]);
    assert.deepEqual(directives.get('connect-src'), [POSTS]);
    assert.deepEqual(directives.get('worker-src'), [SCRIPT, WORKER]);
    assert.deepEqual(directives.get('trusted-types'), ['site', 'cookie-gatekeeper']);
    assert.deepEqual(lacking, ["script-src: 'self'", 'trusted-types: cookie-gatekeeper', "worker-src: 'self'"]);
  });

  it('and its Trusted Types, also where nothing else is said of scripts, or a nonce lets them all in', () => {
    for (const csp of [
      "require-trusted-types-for 'script'; trusted-types site",
      "require-trusted-types-for 'script'; trusted-types site; img-src 'self'",
      "script-src 'self' 'nonce-n1'; require-trusted-types-for 'script'; trusted-types site",
    ]) {
      const { directives, lacking } = mapped(csp);
      assert.deepEqual(directives.get('trusted-types'), ['site', 'cookie-gatekeeper'], csp);
      assert.deepEqual(lacking, ['trusted-types: cookie-gatekeeper']);
    }
  });

  it('by a nonce, where its scripts have nonces or hashes, and inline code goes on as it did', () => {
    const strict = mapped("script-src 'strict-dynamic' 'sha256-abc=' 'unsafe-inline'; object-src 'none'");
    assert.deepEqual(strict.directives.get('script-src'), [
      "'strict-dynamic'",
      "'sha256-abc='",
      "'unsafe-inline'",
      "'nonce-n1'",
    ]);
    assert.deepEqual(strict.lacking, ['script-src: a nonce, which the tag of gatekeeper.js has too']);
    const own = mapped("script-src 'nonce-n1' 'strict-dynamic'");
    assert.deepEqual([own.directives.get('script-src'), own.lacking], [["'nonce-n1'", "'strict-dynamic'"], []]);
    const inline = mapped("script-src https://cdn.example 'unsafe-inline'");
    assert.deepEqual(inline.directives.get('script-src'), ['https://cdn.example', "'unsafe-inline'", SCRIPT]);
  });

  it('also where it stands in the page', async () => {
    const page = `<!doctype html><head><!-- <meta http-equiv="Content-Security-Policy" content="a"> --><meta charset="utf-8"><meta http-equiv=Content-Security-Policy content="script-src 'nonce-x'; connect-src 'none'"><script>"<meta>"</script></head><body><meta http-equiv="Content-Security-Policy" content="img-src 'none'">`;
    const needed = { scripts: [SCRIPT], worker: WORKER, posts: POSTS };
    const response = new Response(page, {
      headers: { 'Content-Type': 'text/html', 'Content-Security-Policy': "script-src 'nonce-of-header'" },
    });
    const sent = mapResponse(response, { addresses, csp: new PreviewCsp(addresses), needed });
    assert.equal(
      await sent.text(),
      page.replace(
        /<meta http-equiv=Content.*?>(?=<script)/,
        `<meta http-equiv="Content-Security-Policy" content="script-src 'nonce-x' 'nonce-of-header'; connect-src ${POSTS}; worker-src 'nonce-x' 'nonce-of-header' ${WORKER}">`,
      ),
    );
    assert.match(sent.headers.get('cache-control')!, /no-cache/);
  });

  it('and once only, where the site has the gatekeeper already', async () => {
    const lock = `<meta http-equiv="Content-Security-Policy" content="${LOCK}">`;
    const page = `<head><script src="/gatekeeper.js" nonce="n1"></script>${lock}<script src="/static/gatekeeper.js?v=2" data-worker="/x.js"></script><script src="/app.js"></script>`;
    const response = new Response(page, { headers: { 'Content-Type': 'text/html' } });
    const needed = { scripts: [SCRIPT], worker: WORKER, posts: POSTS };
    const sent = await mapResponse(response, { addresses, csp: new PreviewCsp(addresses), needed }).text();
    assert.equal(sent, '<head><script src="/gatekeeper.js" nonce="n1"></script><script src="/app.js"></script>');
  });
});
