const RELOADED = 'cookie-gatekeeper:reloaded';

/** The decision for which this tab has loaded a document again that is not open to it yet. */
export function reloadedFor(): string | null {
  try {
    return sessionStorage.getItem(RELOADED);
  } catch {
    return null; // A page without storage remembers nothing, so it is not loaded again by itself.
  }
}

/** @returns false where there is no memory: a reload could become a loop then */
export function rememberReload(decision: string): boolean {
  try {
    sessionStorage.setItem(RELOADED, decision);
    return true;
  } catch {
    return false;
  }
}

/**
 * The document is open to all that was decided.
 * @returns whether it was loaded again for that
 */
export function forgetReload(): boolean {
  const wasReloaded = reloadedFor() !== null;
  if (wasReloaded) sessionStorage.removeItem(RELOADED);
  return wasReloaded;
}
