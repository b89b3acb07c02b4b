/** Why a page could not be guarded. */
export type GuardFailure =
  | 'unsupported'
  | 'not-found'
  | 'redirected'
  | 'wrong-mime-type'
  | 'scope'
  | 'occupied'
  | 'script-error'
  | 'trusted-types'
  | 'csp'
  | 'not-registered'
  | 'timeout'
  | 'refused-by-worker'
  | 'broken-policy'
  | 'not-loaded';

/** The page is not guarded: what is wrong, and what to do about it. */
export class GuardError extends Error {
  override name = 'GuardError';

  constructor(
    readonly code: GuardFailure,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(`cookie-gatekeeper: ${message}`, options);
  }
}
