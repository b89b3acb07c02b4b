import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));

/** For each entry point, something that is right, and something that only types can find to be wrong. */
const CONSUMER = `
import { createGatekeeper, type ConsentView } from 'cookie-gatekeeper';
import { startGatekeeping } from 'cookie-gatekeeper/worker';
import { parsePolicy } from 'cookie-gatekeeper/policy';
import { keyedListener, receiveReceipts } from 'cookie-gatekeeper/server';
import { showInterface } from 'cookie-gatekeeper/elements';
import { connectGoogleConsentMode } from 'cookie-gatekeeper/google-consent-mode';
import { connectMatomo } from 'cookie-gatekeeper/matomo';
import { build } from 'cookie-gatekeeper/build';

const policy = parsePolicy({ revision: '1', services: [] });
const gatekeeper = createGatekeeper(policy, { worker: '/sw.js' });
gatekeeper.addEventListener('consentchange', ({ detail }) => { const view: ConsentView = detail; return view.state; });
startGatekeeping(policy);
// As JSON has it.
createGatekeeper({ revision: '1', services: [{ id: 'a', provider: 'A', purpose: 'third-party', origins: ['https://a.example'] }] });

// @ts-expect-error
createGatekeeper(policy, { worker: 1 });
// @ts-expect-error
startGatekeeping();
// @ts-expect-error
parsePolicy(policy, 1);
// @ts-expect-error
keyedListener();
// @ts-expect-error
receiveReceipts(1, 2, 3);
// @ts-expect-error
showInterface('own');
// @ts-expect-error
connectGoogleConsentMode(1);
// @ts-expect-error
connectMatomo(1);
// @ts-expect-error
build(policy, { out: 1 });
`;

describe('Types reach the developer', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cookie-gatekeeper-types-'));
    await mkdir(join(folder, 'node_modules'));
    await symlink(PACKAGE, join(folder, 'node_modules', 'cookie-gatekeeper'));
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await writeFile(join(folder, 'consumer.ts'), CONSUMER);
  });
  after(() => rm(folder, { recursive: true }));

  for (const [title, module, moduleResolution] of [
    ['in a bundle', ts.ModuleKind.ESNext, ts.ModuleResolutionKind.Bundler],
    ['in Node', ts.ModuleKind.NodeNext, ts.ModuleResolutionKind.NodeNext],
  ] as const) {
    it(title, function () {
      this.timeout(60_000);
      const program = ts.createProgram([join(folder, 'consumer.ts')], { module, moduleResolution, target: ts.ScriptTarget.ES2022, strict: true, noEmit: true, skipLibCheck: true, types: [] });
      const found = ts.getPreEmitDiagnostics(program).map(({ messageText, file, start }) => `${file?.fileName}:${start}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
      assert.deepEqual(found, []);
    });
  }
});
