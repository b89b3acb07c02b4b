import type { Explanation } from '../../diagnosis/index';
import { GuardError, type GuardFailure } from './guard-error';

export type Diagnosis = typeof import('../../diagnosis/index');

/** Loads what explains the mistakes of a site's owner. No page of a site that works does. */
export type LoadDiagnosis = () => Promise<Diagnosis>;

/**
 * The error that says what is wrong, and what to do.
 * @param code and `message` say it in short, where the explanation is missing as well
 */
export async function explained(
  load: LoadDiagnosis,
  explain: (diagnosis: Diagnosis) => Promise<Explanation>,
  code: GuardFailure,
  message: string,
  cause: unknown,
): Promise<GuardError> {
  const [found, said] = await load()
    .then(explain)
    .catch((): Explanation => [code, message]);
  return new GuardError(found, `${said} ${cause}`, { cause });
}
