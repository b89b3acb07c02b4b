import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from '../browser/third-party-hits';
import { MAIN } from '../command-line/command-line';

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));

/** What a command has printed, on standard output and standard error, and its exit code. */
interface Typed {
  status: number | null;
  printed: string;
}

/** Somebody who follows the documentation: a folder in which `npm install` was run, and what is typed there. */
export interface Reader {
  path(...names: string[]): string;
  read(name: string): Promise<string>;
  write(name: string, text: string): Promise<void>;
  /** Runs a line as a shell does. */
  type(line: string): Promise<Typed>;
  /** The same, of one that is to end well. @throws (rejects) {Error} with what it has printed, otherwise */
  succeed(line: string): Promise<string>;
  /** Starts a line that runs until the reader leaves, and waits until it is ready. @returns what it has printed until then */
  start(line: string, isReady: (printed: string) => boolean | Promise<boolean>): Promise<string>;
  /** The files that `build` has written and a site serves, by their names. */
  built(): Promise<Record<string, string>>;
  /** Changes the policy file's text. @throws (rejects) {Error} when that changes nothing */
  editPolicy(change: (text: string) => string): Promise<void>;
  leave(): Promise<void>;
}

/**
 * @param replaced what a reader writes in the place of the page's examples: `https://data.example.fr` …
 * @param environment of everything that is typed
 */
export async function startReader(
  replaced: Record<string, string>,
  environment: Record<string, string> = {},
): Promise<Reader> {
  const folder = await mkdtemp(join(tmpdir(), 'cookie-gatekeeper-reader-'));
  // Servers give up the rights of whoever starts them, and serve its files.
  await chmod(folder, 0o755);
  const path = (...names: string[]) => join(folder, ...names);
  await mkdir(path('node_modules'));
  await symlink(PACKAGE, path('node_modules', 'cookie-gatekeeper'));
  await writeStandIn(path('bin'));
  const env = { ...process.env, ...environment, PATH: `${path('bin')}:${process.env['PATH']}` };
  const running: ChildProcess[] = [];

  const spawned = (line: string) => spawn('sh', ['-c', asReplaced(line, replaced)], { cwd: folder, env });
  const type = (line: string) =>
    new Promise<Typed>((resolve) => {
      const child = spawned(line);
      const said = listened(child);
      child.once('close', (status) => resolve({ status, printed: said() }));
    });
  const read = (name: string) => readFile(path(name), 'utf8');
  const write = (name: string, text: string) => writeFile(path(name), asReplaced(text, replaced));
  return {
    path,
    read,
    write,
    type,
    async succeed(line) {
      const { status, printed } = await type(line);
      if (status !== 0) throw new Error(`${line}\nended with ${status}:\n${printed}`);
      return printed;
    },
    async start(line, isReady) {
      const child = spawned(`exec ${line}`);
      running.push(child);
      const said = listened(child);
      await until(() => {
        if (child.exitCode !== null) throw new Error(`${line}\nended:\n${said()}`);
        return isReady(said());
      }, `"${line}" is ready`);
      return said();
    },
    async built() {
      const names = (await readdir(path('public'))).filter((name) => name.endsWith('.js'));
      return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await read(join('public', name))])));
    },
    async editPolicy(change) {
      const before = await read('policy.json');
      const after = change(before);
      if (after === before) throw new Error(`Nothing to be changed in the policy:\n${before}`);
      await write('policy.json', after);
    },
    async leave() {
      for (const child of running) child.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A text of the page, with what a reader writes in the place of its examples. */
export function asReplaced(text: string, replaced: Record<string, string>): string {
  const examples = Object.keys(replaced).map((example) => example.replace(/[.]/g, '\\$&'));
  // At once, and no part of a number: a port may have another in it.
  return text.replace(new RegExp(`(?<!\\d)(?:${examples.join('|')})`, 'g'), (example) => replaced[example]!);
}

/** Does as npx does with a package that is installed, without the half second in which npm starts. */
async function writeStandIn(folder: string): Promise<void> {
  await mkdir(folder);
  await writeFile(
    join(folder, 'npx'),
    `#!/bin/sh\n[ "$1" = cookie-gatekeeper ] || exit 127\nshift\nexec '${process.execPath}' '${MAIN}' "$@"\n`,
  );
  await chmod(join(folder, 'npx'), 0o755);
}

/** @returns what it has printed so far */
function listened({ stdout, stderr }: ChildProcess): () => string {
  let said = '';
  for (const stream of [stdout!, stderr!])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  return () => said;
}
