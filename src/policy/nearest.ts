/**
 * The known word that somebody most likely meant, if one is near: the same but for case and signs between, part of it,
 * or no more than a letter in four away.
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replace(/[\s_-]/g, '');
  const away = known.map((candidate) => ({ candidate, distance: distance(plain(word), plain(candidate)) }));
  const [closest] = away.sort((a, b) => a.distance - b.distance);
  if (closest && closest.distance <= Math.min(3, word.length / 4)) return closest.candidate;
  return word.length > 3 ? known.find((candidate) => plain(candidate).startsWith(plain(word))) : undefined;
}

/** Levenshtein's: how many letters have to be put in, taken out or replaced. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, n) => n);
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1];
    for (const [j, wanted] of [...other].entries()) {
      next.push(Math.min(row[j + 1]! + 1, next[j]! + 1, row[j]! + (letter === wanted ? 0 : 1)));
    }
    row = next;
  }
  return row[other.length] ?? one.length;
}
