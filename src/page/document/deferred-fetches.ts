import { builtIn } from '../../dom/built-in';

/** Not in TypeScript's DOM library yet. */
interface FetchingLater {
  fetchLater?(input: RequestInfo | URL, init?: RequestInit): unknown;
}

/**
 * The fetches of the page's scripts, from now on, that wait until the page is left. They pass every worker, and their policy is
 * that of when they were asked for: closing the page does not hold them.
 * @param end gives those up that go elsewhere
 * @see https://fetch.spec.whatwg.org/#fetch-later-method
 */
export function holdDeferredFetches(end: AbortSignal): void {
  const page = window as FetchingLater;
  page.fetchLater &&= new Proxy(page.fetchLater, {
    apply(fetchLater, self, [input, init]: [string | Request, RequestInit?]) {
      const { url = input as string, signal } = input as Partial<Request>;
      if (end.aborted || new URL(url, builtIn(document).baseURI).origin === origin)
        return Reflect.apply(fetchLater, self, [input, init]);
      const own = init?.signal ?? signal;
      return Reflect.apply(fetchLater, self, [input, { ...init, signal: own ? AbortSignal.any([own, end]) : end }]);
    },
  });
}
