/** The browser's service workers; undefined where it has none, and in a page without an origin, which may not even ask. */
export function serviceWorkers(): ServiceWorkerContainer | undefined {
  return self.origin === 'null' ? undefined : (navigator as Partial<Navigator>).serviceWorker;
}
