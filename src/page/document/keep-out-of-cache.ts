const LOCK = 'cookie-gatekeeper';
/** The browser notices at once who is in the way. */
const LIMIT_MS = 1000;

let held: Promise<unknown> | undefined;

const locks = () => (navigator as Partial<Navigator>).locks;

/**
 * Keeps this page out of the back/forward cache, by a lock for as long as it lives. Chromium keeps it all the same, until
 * somebody else wants the lock.
 */
export function keepOutOfCache(): void {
  held ??= locks()?.request(LOCK, { mode: 'shared' }, () => new Promise(() => {}));
}

/** Has the browser drop the pages in the back/forward cache that should have been kept out of it. */
export function dropCached(): void {
  const wanting = new AbortController();
  void locks()
    ?.request(LOCK, { signal: wanting.signal }, () => {})
    .catch(() => {});
  setTimeout(() => wanting.abort(), LIMIT_MS);
}
