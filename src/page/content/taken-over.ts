import { builtIn } from '../../dom/built-in';

/** A page that still waits for something of its own after this long is not waited for. */
const LIMIT_MS = 3_000;
const IDLE_MS = 500;

/**
 * Resolves once frameworks that take over the markup of their server have most likely done so. Before, they compare it
 * with what they make themselves, and what somebody else has added makes them throw it away.
 */
export const takenOver: Promise<void> = new Promise((resolve) => {
  const idle = () => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: IDLE_MS });
    else setTimeout(resolve, IDLE_MS); // Safari has none.
  };
  if (builtIn(document).readyState === 'complete') return idle();
  window.addEventListener('load', idle);
  setTimeout(idle, LIMIT_MS);
});
