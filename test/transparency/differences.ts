/** A difference, in words: where it is, and what is seen without us and with us. */
export interface Difference {
  where: string;
  without: string;
  with: string;
}

/** Every leaf of two observations that is not the same. */
export function differences(without: unknown, withUs: unknown, where = ''): Difference[] {
  if (isBranch(without) && isBranch(withUs)) {
    const keys = new Set([...Object.keys(without), ...Object.keys(withUs)]);
    return [...keys].flatMap((key) => differences(without[key], withUs[key], where ? `${where} › ${key}` : key));
  }
  const [one, other] = [without, withUs].map((value) => JSON.stringify(value) ?? 'nothing') as [string, string];
  return one === other ? [] : [{ where, without: one, with: other }];
}

function isBranch(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
