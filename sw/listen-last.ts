import { scope } from './scope';

/** Listens for fetch events behind all the site's own listeners, whenever those are added. */
export function listenLast(listener: (event: FetchEvent) => void): void {
  const addEventListener = scope.addEventListener as (...given: unknown[]) => void;
  const putLast = () => {
    scope.removeEventListener('fetch', listener);
    addEventListener.call(scope, 'fetch', listener);
  };
  // What the site assigns later takes this one's place, which is before ours.
  scope.onfetch ??= () => {};
  scope.addEventListener = (...given: unknown[]) => {
    addEventListener.apply(scope, given);
    if (given[0] === 'fetch') putLast();
  };
  putLast();
}
