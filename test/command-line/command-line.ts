import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The command as it is published. */
export const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

/** More than a command prints: Node's own limit is a megabyte. */
const MOST_BYTES = 1e9;

export interface CommandLine {
  /** Runs the command in the folder. */
  run(...args: string[]): { status: number | null; stdout: string; stderr: string };
  /** All that a person reads of it when all is well: its words, and its result. */
  succeed(...args: string[]): string;
  /** What it says is wrong with what it was given, to a person: without a stack trace, and nothing on standard output. */
  fail(...args: string[]): string;
  /** The same, of what was typed: in one line, and with another exit code. */
  misuse(...args: string[]): string;
  path(...names: string[]): string;
  write(name: string, text: string): void;
  read(...names: string[]): string;
  /** Names of what is in a folder, in order. */
  list(...names: string[]): string[];
}

/** The real command, for each test of the suite that calls this in a folder of its own. */
export function commandLine(): CommandLine {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cookie-gatekeeper-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const path = (...names: string[]) => join(folder, ...names);
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: MOST_BYTES,
    });
    return { status, stdout, stderr };
  };
  const refuse = (exitCode: number, args: string[]) => {
    const { status, stdout, stderr } = run(...args);
    assert.equal(status, exitCode, stderr);
    assert.equal(stdout, '');
    assert.match(stderr, /^cookie-gatekeeper: /);
    assert.doesNotMatch(stderr, /^\s+at /m, 'a stack trace');
    assert.doesNotMatch(stderr, /node:internal|dist\/src/);
    return stderr;
  };
  return {
    path,
    run,
    succeed(...args) {
      const { status, stdout, stderr } = run(...args);
      assert.equal(status, 0, stderr);
      assert.doesNotMatch(stderr, /^cookie-gatekeeper: /, 'something was wrong');
      return stderr + stdout;
    },
    fail: (...args) => refuse(1, args),
    misuse(...args) {
      const said = refuse(2, args);
      assert.equal(said.trimEnd().split('\n').length, 1, said);
      return said;
    },
    write: (name, text) => writeFileSync(path(name), text),
    read: (...names) => readFileSync(path(...names), 'utf8'),
    list: (...names) => readdirSync(path(...names)).sort(),
  };
}
