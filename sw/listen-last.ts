import { workerGlobal } from './worker-global';

/** Listens for fetch events behind all the site's own listeners, whenever those are added. */
export function listenLast(listener: (event: FetchEvent) => void): void {
  const addEventListener = workerGlobal.addEventListener as (...given: unknown[]) => void;
  const putLast = () => {
    workerGlobal.removeEventListener('fetch', listener);
    addEventListener.call(workerGlobal, 'fetch', listener);
  };
  // What the site assigns later takes this one's place, which is before ours.
  workerGlobal.onfetch ??= () => {};
  workerGlobal.addEventListener = (...given: unknown[]) => {
    addEventListener.apply(workerGlobal, given);
    if (given[0] === 'fetch') putLast();
  };
  putLast();
}
