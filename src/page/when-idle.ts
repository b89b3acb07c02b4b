import { builtIn } from '../dom/built-in';

/** A page that loads for longer, or that never has, is not waited for. */
const LOAD_LIMIT_MS = 5_000;
/** A thread that is never idle, or a page that nobody sees, is not waited for either. */
const IDLE_LIMIT_MS = 1_000;

/** Resolves when the page is complete and its thread has nothing else to do. */
export async function whenIdle(): Promise<void> {
  await new Promise<unknown>((resolve) => {
    setTimeout(resolve, LOAD_LIMIT_MS);
    if (builtIn(document).readyState === 'complete') resolve(undefined);
    else window.addEventListener('load', resolve);
  });
  await new Promise<unknown>((resolve) => {
    setTimeout(resolve, IDLE_LIMIT_MS);
    // Safari has none.
    (window as Partial<Window>).requestIdleCallback?.(resolve);
  });
}

/**
 * Resolves at once in a page that somebody looks at, or comes to look at, and when it is idle in one that nobody sees: what
 * can wait leaves the thread, which the tabs of a site may share, to the page in front.
 */
export async function whenShownOrIdle(): Promise<void> {
  if (!builtIn(document).hidden) return;
  const shown = new Promise((resolve) =>
    builtIn(document).addEventListener('visibilitychange', resolve, { once: true }),
  );
  await Promise.race([shown, whenIdle()]);
}
