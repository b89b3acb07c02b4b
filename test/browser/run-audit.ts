import { execFile } from 'node:child_process';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from '../../src/cli/build';
import { installedBrowser, type Engine } from '../../src/cli/browser/installed-browser';
import { compilePolicy } from '../../src/compiled-policy/compiled-policy';
import { parsePolicy } from '../../src/policy/parse-policy';
import type { Service } from '../../src/policy/schema';
import { findServices } from '../../src/requests/find-service';
import { indexPolicy } from '../../src/requests/index-policy';
import { MAIN } from '../command-line/command-line';
import type { MappedSite } from './mapped-site';

export interface Ran {
  status: number;
  stdout: string;
  stderr: string;
}

/** Puts the browser that audits in a folder use there: the installed one, started with flags, after a line of shell. */
export async function writeBrowser(folder: string, engine: Engine, flags: string[], before = ''): Promise<void> {
  const given = flags.map((flag) => `'${flag}'`).join(' ');
  await writeFile(join(folder, engine), `#!/bin/sh\n${before}\nexec "${installedBrowser(engine)}" ${given} "$@"\n`);
  await chmod(join(folder, engine), 0o755);
}

/** Runs `cookie-gatekeeper audit` in a folder, with the browsers that are there. */
export function runAudit(folder: string, ...args: string[]): Promise<Ran> {
  const env = { ...process.env, CHROMIUM_PATH: join(folder, 'chromium'), FIREFOX_PATH: join(folder, 'firefox') };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [MAIN, 'audit', ...args],
      { cwd: folder, env, maxBuffer: 1e8 },
      (error, stdout, stderr) => resolve({ status: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });
}

/** Builds a policy, and has the site serve the files, and be locked by it. */
export async function guardSite(site: MappedSite, policy: unknown, out: string): Promise<void> {
  const { files, lock, workerLock } = await build(policy, { out });
  const texts = await Promise.all(
    files.map(async (file) => [file.slice(out.length + 1), await readFile(file, 'utf8')] as const),
  );
  site.guard(new Map(texts), { documents: lock, worker: workerLock });
}

/** The service of a policy that a host belongs to. */
export function serviceAt(policy: unknown, host: string): Service | undefined {
  const parsed = parsePolicy(policy);
  const site = new URL('https://site.invalid');
  const [found] = findServices(new URL(`https://${host}/`), indexPolicy(compilePolicy(parsed)), site);
  return parsed.services.find(({ id }) => id === found?.id);
}
