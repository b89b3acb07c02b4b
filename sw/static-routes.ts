import { ownPaths } from '../src/requests/find-service';
import type { IndexedPolicy } from '../src/requests/index-policy';

/** Not in TypeScript's DOM library yet. */
interface RouterRule {
  condition: { urlPattern?: string | { pathname: string }; requestMode?: string; requestDestination?: string };
  source: 'network' | 'fetch-event';
}
type RoutingInstallEvent = ExtendableEvent & { addRoutes?(rules: RouterRule[]): Promise<void> };

/**
 * Routes the site's own subresources around the worker, where the browser can, so that they never wait for
 * it to start. Only for a worker that is ours alone: another's own handlers would be routed around as well.
 * @see https://w3c.github.io/ServiceWorker/#service-worker-static-routing
 */
export function addStaticRoutes(event: ExtendableEvent, policy: IndexedPolicy | undefined): void {
  const { addRoutes } = event as RoutingInstallEvent;
  if (!addRoutes || !policy) return;
  const toWorker: RouterRule['condition'][] = [
    { requestMode: 'navigate' },
    { requestDestination: 'worker' },
    { requestDestination: 'sharedworker' },
    // What is written in another way may be one of the paths below, which only the worker can tell.
    ...['/*%*', '/*;*', '//*', '/*//*'].map((pathname) => ({ urlPattern: { pathname } })),
    // A path that ends in "/" stands for everything below, as in the policy.
    ...ownPaths(policy, new URL(location.href)).map(({ path }) => ({
      urlPattern: path.endsWith('/') ? `${path}*` : path,
    })),
  ];
  const routes: RouterRule[] = [
    ...toWorker.map((condition): RouterRule => ({ condition, source: 'fetch-event' })),
    { condition: { urlPattern: '/*' }, source: 'network' },
  ];
  // Routing is only an optimisation: a browser that does not take these rules asks the worker instead.
  event.waitUntil(addRoutes.call(event, routes).catch(() => {}));
}
