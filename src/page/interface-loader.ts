import type { Gatekeeper } from './gatekeeper';
import { loadScript } from './load-script';

/** What only the interface can show. */
const SHOWN = 'cookie-policy,cookie-preferences,cookie-placeholder';

/**
 * Loads the interface when it is needed, and not before: to ask, to show what the page has of it, or because
 * the visitor wants it. A visitor who has decided loads nothing.
 * @param url its address
 */
export function loadInterface(gatekeeper: Gatekeeper, url: string): void {
  let loading: Promise<unknown> | undefined;
  const load = () => (loading ??= loadScript(url).catch(() => {}).finally(stop));

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
