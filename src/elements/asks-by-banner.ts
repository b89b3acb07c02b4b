import { mayAskByBanner } from '../page/content/may-ask-by-banner';
import type { ShownPolicy } from './shown-policy';

/**
 * Whether a banner asks in this window. A visitor is asked once, in the window that they came to: not again in a frame,
 * where what is chosen around it holds.
 */
export function asksByBanner({ asks, domain }: ShownPolicy): boolean {
  return mayAskByBanner(asks) && !isAskedAround() && !isSharedAround(domain);
}

/** Whether a window around this one is a page of the site that asks. */
function isAskedAround(): boolean {
  try {
    for (let here = window; here !== top;) {
      here = here.parent as typeof here;
      const { gatekeeper, customElements } = here;
      // Built into a bundle, the gatekeeper has no name that other windows know; its elements have.
      if (gatekeeper?.consent || customElements.get('cookie-banner')) return true;
    }
  } catch {
    // Another site's, which no script may look into.
  }
  return false;
}

/** Whether this is a frame in windows of hosts only that share the choices, and so ask. */
function isSharedAround(domain: string | undefined): boolean {
  // Firefox may not have it: https://developer.mozilla.org/docs/Web/API/Location/ancestorOrigins
  const origins = [...(location.ancestorOrigins ?? [])];
  return (
    !!domain &&
    origins.length > 0 &&
    origins.every((origin) => `.${origin.replace(/.*\/|:\d+$/g, '')}`.endsWith(`.${domain}`))
  );
}
