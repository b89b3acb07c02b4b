import { PURPOSE_SYNONYMS } from '../compiled-policy/purpose-synonyms';

/** Case, hyphens and spaces are what is mistaken most. */
const plain = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/**
 * The name that was probably meant.
 * @param names those that there are
 * @returns undefined where none is near
 */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  const wanted = plain(name);
  if (!wanted) return undefined;
  const same = names.find((known) => plain(known) === wanted) ?? names.find((known) => isSynonym(wanted, known));
  if (same) return same;
  const [nearest] = names
    .map((known) => ({ known, edits: edits(wanted, plain(known)) }))
    .sort((a, b) => a.edits - b.edits);
  if (nearest && nearest.edits <= Math.max(1, Math.floor(wanted.length / 3))) return nearest.known;
  return names.find(
    (known) =>
      plain(known).length > 2 &&
      (wanted.includes(plain(known)) || (wanted.length > 2 && plain(known).includes(wanted))),
  );
}

function isSynonym(wanted: string, purpose: string): boolean {
  const synonyms: Partial<Record<string, readonly string[]>> = PURPOSE_SYNONYMS;
  return !!synonyms[purpose]?.some((synonym) => plain(synonym) === wanted);
}

/** How many letters have to be put in, left out or changed to make one of the other (Levenshtein). */
function edits(from: string, to: string): number {
  let row = [...to, ''].map((_, index) => index);
  for (const [line, letter] of [...from].entries()) {
    const next = [line + 1];
    for (const [column, other] of [...to].entries())
      next.push(Math.min(next[column]! + 1, row[column + 1]! + 1, row[column]! + Number(letter !== other)));
    row = next;
  }
  return row.at(-1)!;
}
