/** What was asked for could not be done, or is not as it should be: the message is for a person, a stack trace would not help. */
export class CommandError extends Error {
  /** What the process ends with. */
  readonly exitCode: number = 1;
}

/** What a person typed is wrong. */
export class UsageError extends CommandError {
  override readonly exitCode = 2;
}
