/** Trackers do not count what a program visits. Runs in every document before its own scripts. */
export function seemUndriven(): void {
  Object.defineProperty(Navigator.prototype, 'webdriver', { configurable: true, enumerable: true, get: () => false });
}

/** Tells the scripts of a document, which stays as it is, that it is left: in the order in which browsers do. */
export function seemLeft(): void {
  for (const [name, value] of Object.entries({ visibilityState: 'hidden', hidden: true }))
    Object.defineProperty(document, name, { configurable: true, get: () => value });
  window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
  window.dispatchEvent(new PageTransitionEvent('pagehide'));
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  window.dispatchEvent(new Event('unload'));
}
