const RELOADED = 'cookie-gatekeeper:reloaded-for';

/**
 * Loads the document again, through the worker, so that it opens under a decision. Once for each decision: a
 * document that cannot be opened stays closed instead of reloading for ever.
 * @param decision the record's id; undefined when the document is open to all that was decided
 * @param mayReload asked only when a reload is possible
 * @returns whether the document is being loaded again
 */
export function reloadOnce(decision: string | undefined, mayReload: () => boolean): boolean {
  try {
    if (!decision) sessionStorage.removeItem(RELOADED);
    if (!decision || sessionStorage.getItem(RELOADED) === decision || !mayReload()) return false;
    sessionStorage.setItem(RELOADED, decision);
  } catch {
    return false; // Without a memory of it, a reload could become a loop.
  }
  location.reload();
  return true;
}
