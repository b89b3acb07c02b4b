import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import manifest from '../../package.json';
import { forEachEngine } from './harness';
import { entryPoints, servePackage } from './package-in-page';

/** What each is imported for, by where it runs. */
const IN_NODE: Record<string, string[]> = {
  'cookie-gatekeeper/policy': ['parsePolicy', 'policyJsonSchema'],
  'cookie-gatekeeper/server': [
    'receiveReceipts',
    'nodeListener',
    'exportReceipts',
    'keyedListener',
    'keyedResponse',
    'serverKey',
  ],
  'cookie-gatekeeper/build': ['build', 'lockOf', 'lockLine'],
};
const IN_A_BROWSER: Record<string, string[]> = {
  'cookie-gatekeeper': ['createGatekeeper'],
  'cookie-gatekeeper/policy': ['parsePolicy'],
  'cookie-gatekeeper/worker': ['startGatekeeping'],
  'cookie-gatekeeper/elements': ['showInterface', 'ownTheme', 'dsfrTheme', 'languages'],
  'cookie-gatekeeper/google-consent-mode': ['connectGoogleConsentMode'],
  'cookie-gatekeeper/matomo': ['connectMatomo'],
};

describe('Every entry point of the package can be imported', () => {
  it('all files that it names are there', () => {
    const named = Object.values(manifest.exports).flatMap((entry) =>
      typeof entry === 'string' ? [entry] : Object.values(entry),
    );
    assert.deepEqual(
      [...named, ...Object.values(manifest.bin)].filter(
        (path) => !existsSync(new URL(`../../${path}`, import.meta.url)),
      ),
      [],
    );
    const tested = new Set([IN_NODE, IN_A_BROWSER].flatMap((paths) => Object.keys(paths)));
    assert.deepEqual(
      entryPoints.filter((path) => !tested.has(path) && !path.endsWith('.json')),
      [],
    );
  });

  it('in Node, those for servers and builds', async () => {
    for (const [path, names] of Object.entries(IN_NODE))
      assert.deepEqual(missing(Object.keys((await import(path)) as object), names), [], path);
    for (const path of entryPoints.filter((path) => path.endsWith('.json'))) {
      const { default: data } = (await import(path, { with: { type: 'json' } })) as { default: object };
      assert.notEqual(Object.keys(data).length, 0, path);
    }
  });

  forEachEngine(({ start }) => {
    it('in browsers, those for pages and workers', async () => {
      const { example, tab } = await start();
      example.page('/importing', { head: servePackage(example, Object.keys(IN_A_BROWSER)) });
      await tab.visit('/importing');
      for (const [path, names] of Object.entries(IN_A_BROWSER)) {
        const exported = await tab.page.evaluate(
          (path) => import(path).then(Object.keys, (error: Error) => [String(error)]),
          path,
        );
        assert.deepEqual(missing(exported, names), [], path);
      }
      assert.deepEqual(tab.errors, []);
    });
  });
});

function missing(exported: string[], names: string[]): string[] {
  return names.filter((name) => !exported.includes(name));
}
