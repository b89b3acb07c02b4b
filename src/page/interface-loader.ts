import type { Gatekeeper } from './gatekeeper';
import { trustedScripts } from './trusted-scripts';

/** What only the interface can show. */
const SHOWN = 'cookie-policy,cookie-preferences,cookie-placeholder';

/**
 * Loads the interface when it is needed, and not before: to ask, to show what the page has of it, or because
 * the visitor wants it. A visitor who has decided loads nothing.
 * @param url its address
 * @param nonce of the page’s own script, for a strict Content-Security-Policy
 */
export function loadInterface(gatekeeper: Gatekeeper, url: string, nonce: string | undefined): void {
  let loading: Promise<void> | undefined;
  const load = () => (loading ??= loaded(url, nonce).finally(stop));

  const isNeeded = () => gatekeeper.consent.toAsk.length > 0 || !!document.querySelector(SHOWN);
  const look = () =>
    void gatekeeper.ready.then(() => {
      if (isNeeded()) void load();
    });
  const observer = new MutationObserver(look);
  const onClick = async (event: Event) => {
    const control = event.composedPath().find((target) => target instanceof HTMLElement && 'cookiePreferences' in target.dataset) as HTMLElement | undefined;
    if (!control) return;
    event.preventDefault();
    await load();
    // The interface listens now. Should it be missing, a link goes where it leads.
    control.click();
  };
  const stop = () => {
    observer.disconnect();
    document.removeEventListener('click', onClick);
    gatekeeper.removeEventListener('consentchange', look);
  };

  observer.observe(document, { childList: true, subtree: true });
  document.addEventListener('click', onClick);
  gatekeeper.addEventListener('consentchange', look);
  look();
}

function loaded(url: string, nonce = ''): Promise<void> {
  return new Promise((resolve) => {
    const script = document.createElement('script');
    script.src = trustedScripts.url(url);
    script.nonce = nonce;
    for (const type of ['load', 'error']) script.addEventListener(type, () => resolve());
    document.head.append(script);
  });
}
