import type { Results } from './run-page';

/** A test that passes without our worker in front of theirs, and does not with it. */
export interface Difference {
  page: string;
  test: string;
}

/** Why each of them is there: by page, then by test. */
export type Reasons = Record<string, Record<string, string>>;

/** How many tests passed. */
export function passed(results: Results): number {
  return [...results.values()].filter((failure) => failure === undefined).length;
}

/** What a page's tests lose; one that was never run, because another one hung, is lost with it. */
export function lost(without: Results, withOurs: Results): string[] {
  return [...without.keys()].filter((test) => passes(without, test) && !passes(withOurs, test));
}

function passes(results: Results, test: string): boolean {
  return results.has(test) && results.get(test) === undefined;
}

/**
 * What is not as it was written down.
 * @param pages names of the pages that were run
 */
export function compared(
  found: Difference[],
  known: Reasons,
  pages: string[],
): { unknown: Difference[]; vanished: Difference[] } {
  const unknown = found.filter(({ page, test }) => !known[page]?.[test]);
  const vanished = pages.flatMap((page) =>
    Object.keys(known[page] ?? {})
      .filter((test) => !found.some((difference) => difference.page === page && difference.test === test))
      .map((test) => ({ page, test })),
  );
  return { unknown, vanished };
}
