import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));

/** For each entry point, something that is right, and something that only types can find to be wrong. */
const CONSUMER = `
import { createGatekeeper, type ConsentView, type PolicyInput } from 'cookie-gatekeeper';
import { startGatekeeping } from 'cookie-gatekeeper/worker';
import { parsePolicy } from 'cookie-gatekeeper/policy';
import { keyedListener, keyedResponse, receiveReceipts, serverKey } from 'cookie-gatekeeper/server';
import { languages, ownTheme, showInterface } from 'cookie-gatekeeper/elements';
import { connectGoogleConsentMode } from 'cookie-gatekeeper/google-consent-mode';
import { connectMatomo } from 'cookie-gatekeeper/matomo';
import { build, lockOf } from 'cookie-gatekeeper/build';

import written from './policy.json' with { type: 'json' };
import preset from 'cookie-gatekeeper/presets/opendatasoft.json' with { type: 'json' };

const policy = parsePolicy({ revision: '1', services: [] });
const gatekeeper = createGatekeeper(policy, { worker: '/sw.js' });
gatekeeper.addEventListener('consentchange', ({ detail }) => { const view: ConsentView = detail; return view.state; });
startGatekeeping(policy);
// As a JSON module has it: any text where the policy has a word, and in each item of a list what the others have.
for (const json of [written, preset]) {
  const own = createGatekeeper(json, { worker: '/sw.js' });
  startGatekeeping(json);
  showInterface(own, json, { theme: ownTheme, texts: languages });
  keyedListener(json);
  keyedResponse(json);
  serverKey(json);
  connectGoogleConsentMode(own, { signals: { ad_storage: { purpose: 'third-party' } }, policy: json });
  parsePolicy(json);
  void build(json, { out: 'public' });
  lockOf(json);
}
// In TypeScript, and as constants.
const inTypeScript: PolicyInput = { revision: '1', wall: 'live', services: [{ id: 'a', provider: { fr: 'A' }, purpose: 'third-party', access: 'origin-only', origins: [] }] };
createGatekeeper(inTypeScript);
const constant = { revision: '1', wall: 'live', services: [{ id: 'a', provider: 'A', purpose: 'third-party', origins: ['https://a.example'] }] } as const;
createGatekeeper(constant);
startGatekeeping(constant);
createGatekeeper({ revision: '1', services: [{ id: 'a', provider: 'A', purpose: 'third-party', origins: ['https://a.example'] }] });

// @ts-expect-error
createGatekeeper({ revision: '1' });
// @ts-expect-error
createGatekeeper({ revision: '1', services: [{ id: 'a', provider: 'A' }] });
// @ts-expect-error
createGatekeeper({ revision: '1', services: [{ id: 'a', provider: 'A', purpose: 'third-party', origins: 'https://a.example' }] });
// @ts-expect-error
createGatekeeper({ revision: '1', wall: true, services: [] });
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

/** One of every option, and lists whose items differ in what they have. */
const POLICY = {
  $schema: 'https://cookie-gatekeeper.example/policy.schema.json',
  revision: '1',
  wall: 'strict',
  undeclared: 'refuse',
  receipts: '/receipts',
  consent: {
    months: 6,
    ask: { pages: 'placeholders', embeds: 'banner' },
    globalPrivacyControl: 'ignore',
    cookie: { name: 'choices', adopt: true, domain: 'example.fr' },
  },
  texts: { fr: { acceptAll: 'Oui' }, en: { refuseAll: 'No', 'purpose-maps': 'Maps' } },
  services: [
    { id: 'a', provider: 'A', purpose: 'necessary', access: 'without-credentials', origins: ['https://a.example'] },
    {
      id: 'b',
      provider: { fr: 'B', en: 'B' },
      name: { fr: 'B' },
      purpose: 'statistics',
      anonymised: true,
      since: '1',
      aliases: ['c'],
      cookies: [],
      storage: ['b_*'],
    },
    {
      id: 'd',
      provider: { 'pt-BR': 'D' },
      purpose: 'maps',
      access: 'full',
      cookies: [
        { name: '_d', path: '/map', lifetime: { fr: '1 an' } },
        { name: '_e', purpose: 'E' },
      ],
      origins: [],
    },
  ],
};

/** What examples take for granted. */
const GIVEN = "declare const policy: import('cookie-gatekeeper/policy').PolicyInput;\n";
const GIVEN_TO_PAGE = "declare const gatekeeper: ReturnType<typeof import('cookie-gatekeeper').createGatekeeper>;\n";
const GIVEN_TO_SERVER = `
declare const storage: import('cookie-gatekeeper/server').ReceiptStorage;
declare const app: { use(...given: unknown[]): void };
`;

/** What an example with a server's entry points needs beside the language's own names; a page and a worker need neither. */
const OF_SERVER = /'cookie-gatekeeper\/(server|build)'/;

/** The examples of the documentation that import something of the package, by where they stand. */
async function examples(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const pages = (await readdir(join(PACKAGE, 'docs'))).filter((name) => name.endsWith('.md'));
  for (const page of ['README.md', ...pages.map((name) => join('docs', name))]) {
    const text = await readFile(join(PACKAGE, page), 'utf8');
    for (const { 1: code = '', index } of text.matchAll(/^ *```ts\n(.*?)^ *```$/gms))
      if (code.includes("from 'cookie-gatekeeper"))
        found.set(`${page}:${text.slice(0, index).split('\n').length}`, code);
  }
  return found;
}

function mistakesIn(files: string[], options: ts.CompilerOptions): string[] {
  const program = ts.createProgram(files, { target: ts.ScriptTarget.ES2022, strict: true, noEmit: true, ...options });
  return ts
    .getPreEmitDiagnostics(program)
    .map(
      ({ messageText, file, start }) =>
        `${file?.fileName}:${start}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
}

describe('Types reach the developer', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cookie-gatekeeper-types-'));
    await mkdir(join(folder, 'node_modules'));
    await symlink(PACKAGE, join(folder, 'node_modules', 'cookie-gatekeeper'));
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await writeFile(join(folder, 'consumer.ts'), CONSUMER);
    await writeFile(join(folder, 'policy.json'), JSON.stringify(POLICY));
  });
  after(() => rm(folder, { recursive: true }));

  for (const [title, module, moduleResolution] of [
    ['in a bundle', ts.ModuleKind.ESNext, ts.ModuleResolutionKind.Bundler],
    ['in Node', ts.ModuleKind.NodeNext, ts.ModuleResolutionKind.NodeNext],
  ] as const) {
    it(title, function () {
      this.timeout(60_000);
      const found = mistakesIn([join(folder, 'consumer.ts')], {
        module,
        moduleResolution,
        skipLibCheck: true,
        resolveJsonModule: true,
        types: [],
      });
      assert.deepEqual(found, []);
    });
  }

  for (const [title, isOfServer, options] of [
    ['of a page and of a worker', false, { types: [], lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'] }],
    ['of a server', true, { types: ['node'], lib: ['lib.es2022.d.ts'] }],
  ] as const) {
    it(`in every example ${title}, under the strictest options, our own declarations too`, async function () {
      this.timeout(60_000);
      const given = join(folder, 'given.d.ts');
      const files = [given];
      await writeFile(given, GIVEN + (isOfServer ? GIVEN_TO_SERVER : GIVEN_TO_PAGE));
      for (const [place, code] of await examples()) {
        if (OF_SERVER.test(code) !== isOfServer) continue;
        files.push(join(folder, `${place.replace(/\W/g, '-')}.ts`));
        await writeFile(files.at(-1)!, code);
      }
      assert.ok(files.length > 3, 'the documentation has examples');
      const found = mistakesIn(files, {
        module: ts.ModuleKind.ESNext,
        moduleResolution: ts.ModuleResolutionKind.Bundler,
        moduleDetection: ts.ModuleDetectionKind.Force,
        noUncheckedIndexedAccess: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: false,
        resolveJsonModule: true,
        typeRoots: [join(PACKAGE, 'node_modules', '@types')],
        ...options,
        types: [...options.types],
        lib: [...options.lib],
      });
      assert.deepEqual(found, []);
    });
  }
});
