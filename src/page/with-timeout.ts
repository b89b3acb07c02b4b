import { GuardError } from './worker/guard-error';

/**
 * What a promise resolves to, if it does so in time.
 * @param limit in milliseconds
 * @param failure what to tell a person otherwise
 * @throws {GuardError} (rejects) with the code `timeout`
 */
export function withTimeout<T>(limit: number, promise: Promise<T>, failure: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new GuardError('timeout', `${failure} within ${limit / 1000} s. Look for errors in the console.`)),
      limit,
    );
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
