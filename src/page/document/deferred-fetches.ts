/** Not in TypeScript's DOM library yet. */
interface FetchingLater {
  fetchLater?(input: RequestInfo | URL, init?: RequestInit): unknown;
}

/**
 * The fetches of the page's scripts, from now on, that wait until the page is left. They pass every worker, and their policy is
 * that of when they were asked for: closing the page does not hold them.
 * @returns gives up those that go elsewhere
 * @see https://fetch.spec.whatwg.org/#fetch-later-method
 */
export function holdDeferredFetches(): () => void {
  const page = window as FetchingLater;
  let waiting = new AbortController();
  page.fetchLater &&= new Proxy(page.fetchLater, {
    apply(fetchLater, thisPage, [input, init = {}]: [string | Request, RequestInit?]) {
      const { url = input as string, signal } = input as Partial<Request>;
      const own = init.signal ?? signal;
      if (new URL(url, document.baseURI).origin !== origin)
        init = { ...init, signal: AbortSignal.any(own ? [own, waiting.signal] : [waiting.signal]) };
      return Reflect.apply(fetchLater, thisPage, [input, init]);
    },
  });
  return () => {
    waiting.abort();
    waiting = new AbortController();
  };
}
