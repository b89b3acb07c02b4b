import assert from 'node:assert/strict';
import { build } from '../../../src/cli/build';
import { forEachEngine, PLAIN } from '../harness';
import { assertNothingReached } from '../third-party-hits';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The page script of an earlier build, in which a service that has to be asked about since needed no consent. */
async function earlierPageScript(policy: any): Promise<string> {
  const out = await mkdtemp(join(tmpdir(), 'cookie-gatekeeper-earlier-'));
  try {
    const services = policy.services.map((service: any) =>
      service.id === 'partner' ? { ...service, purpose: 'necessary' } : service,
    );
    await build({ ...policy, revision: '2020-01-01', services }, { out });
    return await readFile(join(out, 'gatekeeper.js'), 'utf8');
  } finally {
    await rm(out, { recursive: true });
  }
}

const MARKUP = `<script type="text/plain" data-service="partner">window.ran = true;</script>`;

describe('Files of two builds notice each other', () => {
  forEachEngine(({ start }) => {
    it('a page script from a cache beside a newer worker: it is said once, and what only one of them permits is refused', async () => {
      let policy: any;
      const { example, tab } = await start({ editPolicy: (written) => (policy = written) });
      example.page('/inert', { body: MARKUP });
      const earlier = await earlierPageScript(policy);
      await tab.visitGuarded(PLAIN);
      assert.deepEqual(tab.warnings, []);
      example.setFile('gatekeeper.js', () => earlier);
      assert.equal(await tab.visit('/inert'), 'guarded');
      await tab.warned(/revision "2020-01-01".*"2026-11-23".*different builds.*Cache-Control: no-cache/);
      assert.equal(await tab.allows('partner'), false);
      assert.equal(await tab.fetches('partner', '/probe'), 'refused');
      assert.equal(await tab.page.evaluate(() => 'ran' in window), false);
      assert.equal(tab.warnings.filter((warning) => /different builds/.test(warning)).length, 1);
      await tab.quiet();
      assertNothingReached(example, 'partner');
    });

    it('after a release the worker is replaced, and nothing is said', async () => {
      let policy: any;
      const { example, tab } = await start({ editPolicy: (written) => (policy = written) });
      const current = await (await fetch(`${example.origin}/gatekeeper.js`)).text();
      const newer = await (await fetch(`${example.origin}/gatekeeper-sw.js`)).text();
      const out = await mkdtemp(join(tmpdir(), 'cookie-gatekeeper-earlier-'));
      await build({ ...policy, revision: '2020-01-01' }, { out });
      for (const name of ['gatekeeper.js', 'gatekeeper-sw.js'] as const) {
        const text = await readFile(join(out, name), 'utf8');
        example.setFile(name, () => text);
      }
      await rm(out, { recursive: true });
      await tab.visitGuarded(PLAIN);
      await tab.set({ partner: true });
      example.setFile('gatekeeper.js', () => current);
      example.setFile('gatekeeper-sw.js', () => newer);
      await tab.visit(PLAIN);
      await tab.page.waitForFunction(() => window.gatekeeper.allows('partner'));
      assert.deepEqual(tab.warnings, []);
    });

    it('what is loaded on demand is of the page’s build, or is not used', async () => {
      const { example, tab } = await start({
        interface: 'own',
        editFile: (name, text) =>
          /on-demand|interface/.test(name) ? text.replace(/=\("[^"]{6}"\)/, '=("others")') : text,
      });
      assert.equal(await tab.visit(PLAIN), 'not-loaded');
      assert.match(await tab.whyNotRegistered(), /gatekeeper-on-demand\.js is of another build/);
      await tab.warned(/gatekeeper-interface\.js.* is of another build/);
      await tab.quiet();
      assertNothingReached(example, 'partner', 'youtube');
    });
  });
});
