import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));

describe('What is for pages can be imported on a server', () => {
  for (const [entry, name] of [
    ['cookie-gatekeeper', 'createGatekeeper'],
    ['cookie-gatekeeper/elements', 'showInterface'],
    ['cookie-gatekeeper/matomo', 'connectMatomo'],
    ['cookie-gatekeeper/google-consent-mode', 'connectGoogleConsentMode'],
  ] as const) {
    it(`${entry}, as applications do that are rendered there first`, () => {
      const script = `console.log(typeof (await import('${entry}')).${name})`;
      assert.equal(
        execFileSync(process.execPath, ['--input-type=module', '-e', script], {
          cwd: PACKAGE,
          encoding: 'utf8',
        }).trim(),
        'function',
      );
    });
  }
});
