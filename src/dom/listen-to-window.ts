/**
 * Listens at the window for as long as the page lives, and once only: a script that writes the page anew with `document.open()`
 * takes all listeners away.
 * @see https://html.spec.whatwg.org/multipage/dynamic-markup-insertion.html#document-open-steps
 */
export function listenToWindow<E extends Event>(type: string, listener: (event: E) => void, capture = false): void {
  const listen = () => window.addEventListener(type, listener as EventListener, capture);
  listen();
  new MutationObserver(listen).observe(document, { childList: true });
}
