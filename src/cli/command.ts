/** One option of a command. */
export interface Option {
  /** What stands after it; without it, the option has no value. */
  value?: string;
  short?: string;
  /** What it does, for `--help`. */
  says: string;
}

export type Options = Record<string, Option>;

/** What the options hold that were given. */
type Given<O extends Options> = {
  [Name in keyof O]?: O[Name] extends { value: string } ? string : true;
};

/** What a command prints on standard output, for whoever reads on: at once, or as it is read. */
export type Output = string | AsyncIterable<string>;

export interface Result {
  /** Nothing where the result is a file. */
  output?: Output;
  /** What a person is told beside it, on standard error. */
  words?: string;
  /** 0 without it; another one is a failure to whoever started the command. */
  exitCode?: number;
}

export interface Command<O extends Options = Options> {
  /** What it does, in one sentence. */
  summary: string;
  /** A line that can be typed as it is, without the command's name. */
  example: string;
  /** What has to be given, in the words of the error that says so. */
  arguments: readonly string[];
  /** The last of these may be given several times. */
  repeats?: true;
  /** The first of these may be left out. */
  mayLackFirst?: true;
  options: O;
  run(given: [string, ...string[]], options: Given<O>): Promise<Output | Result>;
}

/** Says which options a command takes to the code that runs it. */
export function defineCommand<const O extends Options>(command: Command<O>): Command {
  return command;
}
