import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Built, type ThemeName } from '../src/cli/build';

export const builtFileNames = [
  'gatekeeper.js',
  'gatekeeper-sw.js',
  'gatekeeper-on-demand.js',
  'gatekeeper-interface.js',
  'gatekeeper-preferences.js',
  'gatekeeper-diagnosis.js',
] as const;
export type BuiltFileName = (typeof builtFileNames)[number];

export interface BuiltFiles {
  /** The lock that belongs to the policy: the value of a Content-Security-Policy header; empty where it has none. */
  lock: string;
  /** The worker's own. */
  workerLock: string;
  /** For the address of `gatekeeper.js`. */
  version: string;
  /** The header that both are sent as. */
  lockHeader: Built['lockHeader'];
  /** Without an interface, its files are empty. */
  text: Record<BuiltFileName, string>;
}

/**
 * Builds the gatekeeper's files for a policy.
 *
 * @throws {PolicyError} when the policy is not valid
 */
export async function buildFiles(policy: unknown, theme?: ThemeName): Promise<BuiltFiles> {
  const out = await mkdtemp(join(tmpdir(), 'cookie-gatekeeper-example-'));
  try {
    const { lock, workerLock, lockHeader, version, files } = await build(policy, { out, interface: theme });
    const texts = await Promise.all(
      builtFileNames.map(async (name) => (files.includes(join(out, name)) ? readFile(join(out, name), 'utf8') : '')),
    );
    return {
      lock,
      workerLock,
      version,
      lockHeader,
      text: Object.fromEntries(builtFileNames.map((name, index) => [name, texts[index]])) as Record<
        BuiltFileName,
        string
      >,
    };
  } finally {
    await rm(out, { recursive: true });
  }
}
