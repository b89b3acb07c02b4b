/** What is told of a measurement: the median, and the interquartile range as the spread. */
export interface Summary {
  median: number;
  /** First and third quartile. */
  lower: number;
  upper: number;
}

/** How a variant differs from what it is compared with. */
export interface Comparison {
  /** Median of the differences, round by round; positive where the variant is more. */
  difference: number;
  /** Whether such a difference may as well be chance. */
  isNoise: boolean;
}

/** How sure a difference has to be: that it has the sign that it seems to have. */
const CONFIDENCE = 0.95;

export function summaryOf(values: readonly number[]): Summary {
  const sorted = ascending(values);
  return { median: quantile(sorted, 0.5), lower: quantile(sorted, 0.25), upper: quantile(sorted, 0.75) };
}

/**
 * Compares two variants that were measured in turn, round by round: what a busy machine does to a round, it does to both. The
 * difference is noise where the confidence interval of its median holds zero. The interval is the sign test's, which supposes
 * nothing of how the values are spread.
 * @param values of the variant, by round
 * @param baseline of what it is compared with, by round; rounds that only one of them has are left out
 * @see https://en.wikipedia.org/wiki/Sign_test
 */
export function compare(values: readonly number[], baseline: readonly number[]): Comparison {
  const rounds = Math.min(values.length, baseline.length);
  const differences = ascending(values.slice(0, rounds).map((value, round) => value - baseline[round]!));
  const difference = quantile(differences, 0.5);
  const rank = signRank(rounds);
  // With too few rounds, no difference is sure but one that is always the same, as of counts.
  if (rank === undefined)
    return { difference, isNoise: !difference || rounds < 2 || differences.some((other) => other !== difference) };
  return { difference, isNoise: differences[rank]! <= 0 && differences[rounds - 1 - rank]! >= 0 };
}

/**
 * How many of the smallest and of the largest differences lie outside the confidence interval of their median.
 * @returns undefined where there are too few for one
 */
function signRank(count: number): number | undefined {
  let outside = 0;
  let probability = 0.5 ** count;
  let rank: number | undefined;
  for (let below = 0; below < count / 2; below++) {
    outside += 2 * probability;
    if (outside > 1 - CONFIDENCE) break;
    rank = below;
    probability *= (count - below) / (below + 1);
  }
  return rank;
}

/** Interpolated between the two nearest values. */
function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)]!;
  return below + (sorted[Math.ceil(place)]! - below) * (place % 1);
}

function ascending(values: readonly number[]): number[] {
  return values.toSorted((a, b) => a - b);
}
