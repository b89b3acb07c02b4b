import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ReportedRequest } from '../reports/report';
import { requestSchema } from './parse-report';
import type { ReceiptStorage } from './receipt-storage';

/** A request that reports tell of, and how often. Its page is `*` where there were too many. */
export interface ReportedCount extends ReportedRequest {
  /** How many reports have told of it. */
  count: number;
}

/** What further pages are counted as. */
const OTHER_PAGES = '*';
/** Anybody can post reports: no more pages are kept for an origin and a kind, and no more of all three together. */
const MOST_PAGES = 20;
const MOST_COUNTS = 2000;
/** How many are read at a time. */
const AT_ONCE = 64;

const KEY = /^[0-9a-f]{16}-[0-9a-f]{16}\.json$/;
const countSchema = requestSchema.extend({
  page: requestSchema.shape.page.or(z.literal(OTHER_PAGES)),
  count: z.int().min(1),
});

/**
 * Counts what reports tell of, one item for each origin, kind and page. What arrives while something is written is written
 * next, together. A server that is killed loses what it has not answered to; of several servers, two that count the same in
 * the same moment may count it once.
 */
export class ReportCounts {
  readonly #storage: ReceiptStorage;
  #waiting = new Map<string, ReportedCount>();
  #next: Promise<void> | undefined;
  #latest: Promise<void> = Promise.resolve();
  #isFull = false;

  constructor(storage: ReceiptStorage) {
    this.#storage = storage;
  }

  /** @throws (rejects) when the storage fails */
  add(requests: readonly ReportedRequest[]): Promise<void> {
    for (const request of requests) {
      const key = keyOf(request);
      const waiting = this.#waiting.get(key);
      if (waiting) waiting.count++;
      else if (this.#waiting.size < MOST_COUNTS) this.#waiting.set(key, { ...request, count: 1 });
    }
    this.#next ??= this.#latest.then(() => this.#write());
    this.#latest = this.#next.catch(() => {});
    return this.#next;
  }

  async #write(): Promise<void> {
    const counts = this.#waiting;
    this.#waiting = new Map();
    this.#next = undefined;
    const kept = new Set(await reportKeys(this.#storage));
    for (const count of counts.values()) await this.#keep(count, kept);
  }

  async #keep(count: ReportedCount, kept: Set<string>): Promise<void> {
    const named = kept.has(keyOf(count)) || pagesOf(count, kept) < MOST_PAGES ? count : { ...count, page: OTHER_PAGES };
    const key = keyOf(named);
    if (!kept.has(key) && kept.size >= MOST_COUNTS) return this.#sayFull();
    kept.add(key);
    const before = await readCount(this.#storage, key);
    const sum = named.count + (before === 'broken' ? 0 : (before?.count ?? 0));
    await this.#storage.setItem(key, JSON.stringify({ ...named, count: sum }));
  }

  #sayFull(): void {
    if (this.#isFull) return;
    this.#isFull = true;
    console.warn(
      `cookie-gatekeeper keeps no more than ${MOST_COUNTS} different reports. Read them (npx cookie-gatekeeper reports), and empty the storage.`,
    );
  }
}

/**
 * What reports have told of, most often told first.
 * @param onBroken called for each item that cannot be read and is left out
 * @throws (rejects) when the storage fails
 */
export async function readReports(storage: ReceiptStorage, onBroken?: (key: string) => void): Promise<ReportedCount[]> {
  const keys = await reportKeys(storage);
  const counts: ReportedCount[] = [];
  for (let start = 0; start < keys.length; start += AT_ONCE) {
    const some = keys.slice(start, start + AT_ONCE);
    const read = await Promise.all(some.map((key) => readCount(storage, key)));
    read.forEach((count, index) => {
      if (count === 'broken') onBroken?.(some[index]!);
      else if (count) counts.push(count);
    });
  }
  const text = ({ origin, kind, page }: ReportedCount) => `${origin} ${kind} ${page}`;
  return counts.sort((one, other) => other.count - one.count || (text(one) < text(other) ? -1 : 1));
}

/** Other items in the storage are somebody else's. */
async function reportKeys(storage: ReceiptStorage): Promise<string[]> {
  return (await storage.getKeys()).filter((key) => KEY.test(key));
}

async function readCount(storage: ReceiptStorage, key: string): Promise<ReportedCount | 'broken' | undefined> {
  const value = await storage.getItem(key);
  // unstorage's fs driver returns what it should throw.
  if (value instanceof Error) throw value;
  if (value === null || value === undefined) return undefined;
  const { data } = countSchema.safeParse(typeof value === 'string' ? parseJson(value) : value);
  return data && key === keyOf(data) ? data : 'broken';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Cut short.
  }
}

/** How many pages are kept for the origin and kind. */
function pagesOf(request: ReportedRequest, kept: ReadonlySet<string>): number {
  const beginning = `${beginningOf(request)}-`;
  return [...kept].filter((key) => key.startsWith(beginning)).length;
}

function keyOf(request: ReportedRequest): string {
  return `${beginningOf(request)}-${hash(request.page)}.json`;
}

function beginningOf({ origin, kind }: ReportedRequest): string {
  return hash(`${origin} ${kind}`);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
