/**
 * Declares that a suite's tests run as in the service worker of a site. Modules of the worker are to be imported by them, not before.
 * @param site its origin
 */
export function asInWorkerOf(site: string): void {
  const globals = { self: globalThis, location: new URL('/gatekeeper-sw.js', site) };
  const replaced = Object.keys(globals).map(
    (name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
  );

  before(() => {
    for (const [name, value] of Object.entries(globals))
      Object.defineProperty(globalThis, name, { value, configurable: true });
  });
  after(() => {
    for (const [name, descriptor] of replaced) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      else delete (globalThis as Record<string, unknown>)[name];
    }
  });
}
