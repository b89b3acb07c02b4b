import { closedCsp, workerScriptCsp } from '../csp/document-csp';
import { compilePolicy, type CompiledPolicy } from '../compiled-policy/compiled-policy';
import { parsePolicy } from '../policy/parse-policy';

export { build, THEMES, type BuildOptions, type Built, type ThemeName } from './build';
export { checkServed, checkSite, type CheckOptions, type ServedCheck } from './check/check-site';
export type { Finding } from './check/finding';
export { UnreachableError } from './check/get';
export { OccupiedPathError } from './replace-files';
export { UnknownLanguageError } from './interface-languages';
export {
  lockLine,
  LOCK_FORMATS,
  workerLockLine,
  WORKER_LOCK_FORMATS,
  type LockFormat,
  type LockMode,
  type WorkerLockFormat,
} from './lock-line';
export { PAGE_FORMATS, policyPage, type PageFormat, type PageOptions } from './policy-page';

/** A policy with `"wall": "off"` has no lock. */
export class NoLockError extends Error {
  override name = 'NoLockError';

  constructor(file = 'the policy') {
    super(
      `${file} says "wall": "off": there is no lock, and none is to be sent. Frames, sockets, the first page of a visit and every hard reload are open then. ` +
        'To have them closed, write "wall": "strict" or "live" into it, build again, and send what this prints.',
    );
  }
}

/**
 * The lock of a policy: the value of the Content-Security-Policy header for every document; of
 * Content-Security-Policy-Report-Only under `"mode": "report"`.
 * @param policy what was read from the policy file
 * @param file names the policy in errors
 * @throws {PolicyError} when the policy has mistakes
 * @throws {NoLockError} when it has `"wall": "off"`
 */
export function lockOf(policy: unknown, file?: string): string {
  return closedCsp(lockedPolicy(policy, file));
}

/**
 * The lock of the worker: the value of the Content-Security-Policy header for `gatekeeper-sw.js`.
 * @param policy what was read from the policy file
 * @param file names the policy in errors
 * @throws {PolicyError} when the policy has mistakes
 * @throws {NoLockError} when it has `"wall": "off"`
 */
export function workerLockOf(policy: unknown, file?: string): string {
  return workerScriptCsp(lockedPolicy(policy, file));
}

function lockedPolicy(policy: unknown, file?: string): CompiledPolicy {
  const parsed = parsePolicy(policy, file);
  if (parsed.wall === 'off') throw new NoLockError(file);
  return compilePolicy(parsed);
}
