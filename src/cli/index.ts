import { lock, workerLock } from '../csp/wall';
import { termsOf } from '../gate/terms';
import { parsePolicy } from '../policy/parse-policy';

export { build, THEMES, type BuildOptions, type Built, type ThemeName } from './build';
export { UnknownLanguageError } from './interface-languages';
export { lockLine, LOCK_FORMATS, workerLockLine, WORKER_LOCK_FORMATS, type LockFormat, type WorkerLockFormat } from './lock-line';
export { PAGE_FORMATS, policyPage, type PageFormat, type PageOptions } from './policy-page';

/**
 * The lock of a policy: the value of the Content-Security-Policy header for every document.
 * @param policy what was read from the policy file
 * @param file names the policy in errors
 * @throws {PolicyError} when the policy has mistakes
 */
export function lockOf(policy: unknown, file?: string): string {
  return lock(termsOf(parsePolicy(policy, file)));
}

/**
 * The lock of the worker: the value of the Content-Security-Policy header for `gatekeeper-sw.js`.
 * @param policy what was read from the policy file
 * @param file names the policy in errors
 * @throws {PolicyError} when the policy has mistakes
 */
export function workerLockOf(policy: unknown, file?: string): string {
  return workerLock(termsOf(parsePolicy(policy, file)));
}
