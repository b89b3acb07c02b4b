/** One of several things that are measured in turn. */
export interface Contender<Metric extends string = string> {
  /** Its name in messages. */
  name: string;
  measure(): Promise<Record<Metric, number>>;
  /** In how many rounds; in all of them without it. */
  rounds?: number;
}

/** The values of each contender, by metric, one a round. */
export type Samples<Metric extends string = string> = Record<Metric, number[]>;

/** A browser loses an answer now and then, under automation; what fails as often as this is broken. */
const TRIES = 3;

/**
 * Measures all contenders in turn, round by round, so that whatever the machine does meanwhile is done to all of them. No
 * contender always follows the same other one: rounds begin with another, and every second one runs backwards.
 */
export async function inRounds<Metric extends string>(
  contenders: readonly Contender<Metric>[],
  rounds: number,
): Promise<Map<Contender<Metric>, Samples<Metric>>> {
  const samples = new Map(contenders.map((contender) => [contender, {} as Samples<Metric>]));
  for (let round = 0; round < rounds; round++) {
    for (const contender of inOrderOf(round, contenders)) {
      if (round >= (contender.rounds ?? rounds)) continue;
      add(await tried(contender), samples.get(contender)!);
    }
    process.stderr.write('.');
  }
  process.stderr.write('\n');
  return samples;
}

function inOrderOf<T>(round: number, all: readonly T[]): T[] {
  const first = round % all.length;
  const turned = [...all.slice(first), ...all.slice(0, first)];
  return round % 2 ? turned.reverse() : turned;
}

async function tried<Metric extends string>({ name, measure }: Contender<Metric>): Promise<Record<Metric, number>> {
  for (let left = TRIES - 1; ; left--) {
    try {
      return await measure();
    } catch (error) {
      if (left === 0) throw new Error(`${name} could not be measured.`, { cause: error });
      console.error(`${name} is measured again: ${String(error)}`);
    }
  }
}

function add<Metric extends string>(measured: Record<Metric, number>, samples: Samples<Metric>): void {
  for (const [metric, value] of Object.entries(measured) as [Metric, number][]) (samples[metric] ??= []).push(value);
}
