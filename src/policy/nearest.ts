/**
 * The known word that somebody most likely meant, if one is near: the same but for case and signs between, part of it,
 * or no more than a letter in four away; of a word that is too short for that, with one letter missing or too many.
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replace(/[\s_-]/g, '');
  const away = known.map((candidate) => ({ candidate, distance: distance(plain(word), plain(candidate)) }));
  const [closest] = away.sort((a, b) => a.distance - b.distance);
  if (closest && closest.distance <= Math.min(3, word.length / 4)) return closest.candidate;
  if (closest?.distance === 1 && isNearShort(plain(word), plain(closest.candidate))) return closest.candidate;
  return word.length > 3 ? known.find((candidate) => plain(candidate).startsWith(plain(word))) : undefined;
}

/** One letter of so few is much of a word: where it is replaced, another was meant. */
function isNearShort(word: string, candidate: string): boolean {
  return /^.{2,3}$/.test(word) && candidate.length !== word.length && candidate[0] === word[0];
}

/** Optimal string alignment: how many letters have to be put in, taken out, replaced, or swapped with the next. */
function distance(one: string, other: string): number {
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, n) => n);
  for (let i = 0; i < one.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < other.length; j++) {
      const swapped = i > 0 && j > 0 && one[i] === other[j - 1] && one[i - 1] === other[j];
      next.push(
        Math.min(
          row[j + 1]! + 1,
          next[j]! + 1,
          row[j]! + (one[i] === other[j] ? 0 : 1),
          swapped ? before[j - 1]! + 1 : Infinity,
        ),
      );
    }
    [before, row] = [row, next];
  }
  return row[other.length]!;
}
