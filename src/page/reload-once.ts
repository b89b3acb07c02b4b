const RELOADED = 'cookie-gatekeeper:reloaded';
const LOAD_LIMIT_MS = 500;

/**
 * Loads the document again, through the worker, so that it opens under a decision. Once for each decision: a
 * document that cannot be opened stays closed instead of reloading for ever.
 * @param decision the record's id; undefined when the document is open to all that was decided
 * @param mayReload asked only when a reload is possible
 * @returns whether the document is loaded again, now or as soon as it is complete
 */
export function reloadOnce(decision: string | undefined, mayReload: () => boolean): boolean {
  try {
    if (!decision) sessionStorage.removeItem(RELOADED);
    if (!decision || sessionStorage.getItem(RELOADED) === decision || !mayReload()) return false;
    sessionStorage.setItem(RELOADED, decision);
  } catch {
    return false; // Without a memory of it, a reload could become a loop.
  }
  const reload = () => location.reload();
  if (document.readyState === 'complete') {
    reload();
    return true;
  }
  // Rather not before the page is there: Firefox leaves frames empty whose loading was interrupted by a reload. But nobody
  // waits for an image that hangs.
  window.addEventListener('load', reload);
  setTimeout(reload, LOAD_LIMIT_MS);
  return true;
}
