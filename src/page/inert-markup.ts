/** Inert markup, as other consent managers write it. */
export const INERT = 'script[type="text/plain"]:is([data-service],[data-category]),:is(iframe,img)[data-src]:is([data-service],[data-category])';

/** Calls back when inert markup is added to the page, as single-page applications do. */
export function onInertMarkup(added: () => void): void {
  const isInert = (node: Node) => node instanceof Element && (node.matches(INERT) || !!node.querySelector(INERT));
  new MutationObserver((mutations) => {
    if (mutations.some(({ addedNodes }) => [...addedNodes].some(isInert))) added();
  }).observe(document, { childList: true, subtree: true });
}
