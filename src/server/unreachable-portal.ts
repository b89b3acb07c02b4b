/** The server that a gateway asks has not answered. */
export class UnreachablePortalError extends Error {
  override name = 'UnreachablePortalError';

  /** @param reason what `fetch` rejected with */
  constructor(origin: string, reason: unknown) {
    // What has really happened is what it names as its cause.
    const { cause = reason } = reason as Error;
    super(`${origin} could not be reached: ${(cause as Error).message || (cause as { code?: string }).code}.`, {
      cause,
    });
  }
}
