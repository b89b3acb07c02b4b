/** The slowest page here, on a busy machine. */
const LIMIT_MS = 60_000;

/** @throws (rejects) when it takes so long that it will never be */
export async function inTime<T>(awaited: Promise<T>, what: string): Promise<T> {
  let limit: ReturnType<typeof setTimeout>;
  const late = new Promise<never>((_, reject) => {
    limit = setTimeout(reject, LIMIT_MS, new Error(`Waited ${LIMIT_MS / 1000} s in vain until ${what}.`));
  });
  return Promise.race([awaited, late]).finally(() => clearTimeout(limit));
}
