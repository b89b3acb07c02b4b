import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Names that there are in one world only: of a page, of a worker, of Node. */
const NAMES = ['document', 'WorkerNavigator', 'process'];

describe('Each world has its own names, and no other’s', () => {
  let folder: string;
  let file: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cookie-gatekeeper-worlds-'));
    file = join(folder, 'names.ts');
    await writeFile(file, `export const names = [${NAMES.join(', ')}];`);
  });
  after(() => rm(folder, { recursive: true }));

  for (const [title, config, own] of [
    ['the worker', 'sw', 'WorkerNavigator'],
    ['a page', 'src/page', 'document'],
    ['a page that is audited', 'src/cli/audit/in-page', 'document'],
    ['Node', 'src/cli', 'process'],
  ] as const) {
    it(title, () => {
      const { options } = ts.getParsedCommandLineOfConfigFile(
        join(ROOT, config, 'tsconfig.json'),
        {},
        {
          ...ts.sys,
          onUnRecoverableConfigFileDiagnostic: ({ messageText }) => assert.fail(JSON.stringify(messageText)),
        },
      )!;
      const program = ts.createProgram([file], options);
      const unknown = program
        .getSemanticDiagnostics(program.getSourceFile(file))
        .map(({ start, length }) => program.getSourceFile(file)!.text.substr(start!, length));
      assert.deepEqual(
        unknown,
        NAMES.filter((name) => name !== own),
      );
    });
  }
});
