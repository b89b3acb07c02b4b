import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lock } from '../csp/wall';
import { compileRules } from '../gate/rules';
import { parsePolicy } from '../policy/parse-policy';
import type { Policy } from '../policy/schema';
import { inPackage } from './package-folder';

export interface BuildOptions {
  /** Folder that the files are written to; made when it is missing. */
  out: string;
  /** Names the policy in errors. */
  file?: string;
}

export interface Built {
  /** Paths of the files written. */
  files: string[];
  /** The lock: the value of the Content-Security-Policy header for every document. */
  lock: string;
}

const PAGE_FILE = 'gatekeeper.js';
const WORKER_FILE = 'gatekeeper-sw.js';

/**
 * Builds the two files that a site serves, with the policy inside.
 * @param policy what was read from the policy file
 * @throws {PolicyError} when the policy has mistakes; nothing is written then, and earlier files stay
 */
export async function build(policy: unknown, { out, file }: BuildOptions): Promise<Built> {
  const parsed = parsePolicy(policy, file);
  const contents = await Promise.all([
    fill('page.js', parsed),
    // Visitors' texts are for the page: the worker is started often, and has no use for them.
    fill('worker.js', withoutTexts(parsed)),
  ]);
  await mkdir(out, { recursive: true });
  const files = [PAGE_FILE, WORKER_FILE].map((name) => join(out, name));
  await Promise.all(files.map((path, index) => replaceFile(path, contents[index]!)));
  return { files, lock: lock(compileRules(parsed)) };
}

/** The templates are made by the package's own build (rollup.config.mjs). */
async function fill(template: string, policy: object): Promise<string> {
  const text = await readFile(inPackage('dist', 'templates', template), 'utf8');
  return text.replaceAll('__WORKER_FILE__', () => JSON.stringify(WORKER_FILE)).replace('__POLICY__', () => JSON.stringify(policy));
}

function withoutTexts({ $schema: _, ...policy }: Policy): object {
  const services = policy.services.map(({ id, provider, purpose, anonymised, since, access, origins }) => ({ id, provider, purpose, anonymised, since, access, origins }));
  return { ...policy, services };
}

/** A server may be reading the file just now: it gets the old one or the new one, never a part. */
async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  await writeFile(temporary, text);
  await rename(temporary, path);
}
