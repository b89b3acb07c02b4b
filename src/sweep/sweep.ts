import { matchesPattern } from './matches-pattern';
import { hiddenCookies } from './hidden-cookies';
import { PLACES } from './places';
import type { SweepReport } from './report';
import { patternsOf, ownerOf, type Kind, type SweepScope } from './sweep-scope';

/** What hangs is reported instead of waited for: long enough for a cold disk. */
const LIMIT_MS = 1000;

/**
 * Deletes what refused services have left in the browser, as far as this page reaches: its cookies, web storage,
 * IndexedDB databases and caches; cookies that no script sees here, too.
 * @returns what was deleted, and what was not. Never rejects
 */
export async function sweep(sweeping: SweepScope): Promise<SweepReport> {
  const report = await sweepSeen(sweeping);
  report.remaining.push(...(await inTime(() => hiddenCookies(sweeping)).catch(() => [])));
  return report;
}

/** The same, without the cookies that no script sees here: it finds nothing to do where nothing is. */
export async function sweepSeen(sweeping: SweepScope): Promise<SweepReport> {
  const report: SweepReport = { deleted: [], remaining: [] };
  await Promise.all((Object.keys(PLACES) as Kind[]).map((kind) => sweepPlace(kind, sweeping, report)));
  return report;
}

async function sweepPlace(kind: Kind, sweeping: SweepScope, { deleted, remaining }: SweepReport): Promise<void> {
  const patterns = patternsOf(sweeping.refused, kind);
  if (patterns.length === 0) return;
  const { list, remove } = PLACES[kind];
  // Where nobody may look, or no list is to be had (databases in Firefox before 126), the patterns are tried as names.
  const names = new Set(await inTime(list).catch(() => patterns));
  await Promise.all(
    [...names]
      .filter((name) => matchesPattern(name, patterns))
      .map(async (name) => {
        const service = ownerOf(name, kind, sweeping)?.id;
        if (service === undefined) return;
        const trace = { service, kind, name };
        try {
          if ((await inTime(() => remove(name))) !== false) deleted.push(trace);
        } catch (error) {
          remaining.push({ ...trace, why: (error as Error).message });
        }
      }),
  );
}

/** @throws (rejects) also when it takes longer than anybody waits for */
async function inTime<T>(act: () => T): Promise<Awaited<T>> {
  return Promise.race([
    act(),
    new Promise<never>((_, reject) => setTimeout(reject, LIMIT_MS, new Error(`No answer within ${LIMIT_MS} ms.`))),
  ]);
}
