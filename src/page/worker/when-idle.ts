/** A page that loads for longer, or that never has, is not waited for. */
const LOAD_LIMIT_MS = 5_000;

/** Resolves when the page is complete and its thread has nothing else to do. */
export async function whenIdle(): Promise<void> {
  await new Promise<unknown>((resolve) => {
    setTimeout(resolve, LOAD_LIMIT_MS);
    if (document.readyState === 'complete') resolve(undefined);
    else window.addEventListener('load', resolve);
  });
  // Safari has none.
  const { requestIdleCallback = setTimeout } = window as Partial<Window> & typeof globalThis;
  await new Promise((resolve) => requestIdleCallback(resolve));
}
