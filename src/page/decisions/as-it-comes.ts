/** Nobody waits longer for what a page makes by itself. */
const LIMIT_MS = 10_000;

/**
 * Does something with what is in the page, and with what scripts of the page put there a little later.
 * @param act called now, and after each change; returns whether all is done
 */
export function asItComes(act: () => boolean): void {
  if (act()) return;
  const observer = new MutationObserver(() => {
    if (act()) observer.disconnect();
  });
  observer.observe(document, { childList: true, subtree: true });
  setTimeout(() => observer.disconnect(), LIMIT_MS);
}
