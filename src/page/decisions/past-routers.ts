/** Not in TypeScript's DOM library yet. */
interface Routed {
  NavigateEvent?: { prototype: object };
}

/** What a router asks an event for, and does with it. */
const ROUTING = ['canIntercept', 'intercept'] as const;

/**
 * Has the browser load what routers of single-page applications would take for a change of their view: they answer navigations inside
 * the site themselves, reloads too, and the document would stay, closed. They may still prevent one, as where something is not saved.
 * @param load starts a navigation, which browsers tell of at once
 * @see https://html.spec.whatwg.org/multipage/nav-history-apis.html#the-navigateevent-interface
 */
export function pastRouters(load: () => void): void {
  const { prototype } = (window as Routed).NavigateEvent ?? {};
  if (!prototype) return load();
  const own = ROUTING.map((name) => [name, Object.getOwnPropertyDescriptor(prototype, name)!] as const);
  Object.defineProperties(prototype, {
    canIntercept: { get: () => false, configurable: true },
    intercept: { value: () => {}, configurable: true },
  });
  try {
    load();
  } finally {
    Object.defineProperties(prototype, Object.fromEntries(own));
  }
}
