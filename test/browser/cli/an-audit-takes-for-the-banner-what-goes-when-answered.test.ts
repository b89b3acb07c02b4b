import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Audit } from '../../../src/cli/audit/audit-site';
import { runAudit, writeBrowser } from '../run-audit';

const buttons = (refuse = '') => `<button>Accept all</button> <button style="${refuse}">Refuse all</button>`;
/** What a site has at the end of each page for as long as it is there, also in a panel over it. */
const PERMANENT = `<p>Your choices: ${buttons('font-size: 30px')}</p>`;
const PANEL = `<aside style="position: fixed; bottom: 0">${PERMANENT}</aside>`;
/** Any answer takes the banner away; whether the next page is without it, too, is the site's to remember. */
const goes = (remembers: boolean) => `<script>
  const banner = document.querySelector('.banner');
  if (${remembers} && document.cookie.includes('answered')) banner.remove();
  (banner.shadowRoot ?? banner).querySelectorAll('button').forEach((button) => {
    button.onclick = () => { document.cookie = 'answered=1'; banner.remove(); };
  });
</script>`;
const inShadow = (inside: string) =>
  `<div class="banner"><template shadowrootmode="open"><div role="dialog">${inside}</div></template></div>`;

const PAGES: Record<string, string> = {
  '/permanent': PERMANENT + PANEL,
  '/shadow': PERMANENT + PANEL + inShadow(buttons('font-size: 5px')) + goes(true),
  '/again': PANEL + `<div class="banner" style="position: fixed; top: 0">${buttons()}</div>${goes(false)}`,
  '/bar': `<div class="banner">${buttons()}</div>${PERMANENT}${goes(true)}`,
  '/bar-again': `<div class="banner">${buttons()}</div><div>${buttons()}</div>${goes(false)}`,
  '/own': `${PANEL}<cookie-banner class="banner">${buttons()}</cookie-banner>${goes(true)}<script>
    const answer = () => banner.querySelector('button').click();
    window.gatekeeper = { acceptAll: answer, refuseAll: answer };
  </script>`,
};

describe('An audit takes for the banner what goes when it is answered', () => {
  let server: Server;
  let folder: string;

  before(async () => {
    server = createServer(({ url }, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html' }).end(`<!doctype html><title>-</title>${PAGES[url!]}`);
    });
    await new Promise<void>((resolve) => void server.listen(0, 'localhost', resolve));
    folder = await mkdtemp(join(tmpdir(), 'cookie-gatekeeper-audit-'));
    await writeBrowser(folder, 'chromium', []);
  });
  after(async () => {
    server.close();
    server.closeAllConnections();
    await rm(folder, { recursive: true, force: true });
  });

  async function audited(path: string) {
    const address = `http://localhost:${(server.address() as AddressInfo).port}${path}`;
    const { stdout, stderr } = await runAudit(folder, address, '--pages', '1', '--json');
    assert.equal(stderr, '');
    const { observation, checks } = JSON.parse(stdout) as Audit;
    assert.ok(observation.answeredBy.refused, 'something was answered');
    const check = (what: RegExp) => {
      const { verdict, why } = checks.find((one) => what.test(one.what))!;
      return `${verdict}: ${why}`;
    };
    return { sameScreen: check(/same screen/), sameLook: check(/same size/), kept: check(/both kept/) };
  }

  it('buttons that are there for good are none, and ask nobody again', async () => {
    const { sameScreen, sameLook, kept } = await audited('/permanent');
    assert.equal(sameScreen, 'to be judged by a person: No banner was recognised.');
    assert.match(sameLook, /^to be judged by a person/);
    assert.match(kept, /^to be judged by a person: The next page did not ask again/);
  });

  it('one in a shadow root is measured before such buttons', async () => {
    const { sameLook, kept } = await audited('/shadow');
    assert.match(sameLook, /^failed: .* and 5 pixels high/);
    assert.match(kept, /^to be judged by a person: The next page did not ask again/);
  });

  for (const path of ['/again', '/bar-again'])
    it(`one that is there again on the next page has failed: ${path}`, async () => {
      const { sameScreen, kept } = await audited(path);
      assert.match(sameScreen, /^passed/);
      assert.equal(kept, 'failed: After a refusal, the next page asked again.');
    });

  for (const path of ['/bar', '/own'])
    it(`one that stays away has not: ${path}`, async () => {
      const { sameScreen, sameLook, kept } = await audited(path);
      assert.match(sameScreen, /^passed/);
      assert.match(sameLook, /^passed: .* and 13\.3333 pixels high/);
      assert.match(kept, /^to be judged by a person: The next page did not ask again/);
    });
});
