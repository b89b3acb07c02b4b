import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../src/cli/build';

export const builtFileNames = ['gatekeeper.js', 'gatekeeper-sw.js'] as const;
export type BuiltFileName = (typeof builtFileNames)[number];

export interface BuiltFiles {
  /** The lock that belongs to the policy: the value of a Content-Security-Policy header. */
  lock: string;
  text: Record<BuiltFileName, string>;
}

/**
 * Builds the gatekeeper's two files for a policy.
 *
 * @throws {PolicyError} when the policy is not valid
 */
export async function buildFiles(policy: unknown): Promise<BuiltFiles> {
  const out = await mkdtemp(join(tmpdir(), 'cookie-gatekeeper-example-'));
  try {
    const { lock } = await build(policy, { out });
    const [page, worker] = await Promise.all(builtFileNames.map((name) => readFile(join(out, name), 'utf8')));
    return { lock, text: { 'gatekeeper.js': page!, 'gatekeeper-sw.js': worker! } };
  } finally {
    await rm(out, { recursive: true });
  }
}
