/** As long as the lines for nginx and Apache wait: an export takes minutes, and events may be far between. */
const LIMIT_MS = 60 * 60 * 1000;

/** What sends the requests of Node's `fetch`. */
interface Dispatcher {
  dispatch(options: object, handler: object): boolean;
}

/**
 * What Node's `fetch` has to be given to wait for a slow server, since it gives up after five minutes without a word. Other runtimes
 * do not, and have no such thing.
 * @see https://github.com/nodejs/undici/blob/main/docs/docs/api/Dispatcher.md#parameter-dispatchoptions
 */
export function patiently(): object {
  // Where whoever runs the server has put another one, as for a proxy of theirs, it sends these, too.
  const own = (globalThis as Record<symbol, unknown>)[Symbol.for('undici.globalDispatcher.1')] as
    Dispatcher | undefined;
  if (!own) return {};
  const limits = { headersTimeout: LIMIT_MS, bodyTimeout: LIMIT_MS };
  const dispatcher: Dispatcher = {
    dispatch: (options, handler) => own.dispatch({ ...options, ...limits }, handler),
  };
  return { dispatcher };
}
