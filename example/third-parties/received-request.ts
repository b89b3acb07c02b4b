/** A request as a third party's server received it. */
export interface ReceivedRequest {
  /** When, in milliseconds since the epoch. */
  at: number;
  method: string;
  path: string;
  query: string;
  cookie?: string;
  referer?: string;
  origin?: string;
  userAgent?: string;
}

export function receivedRequest(request: Request): ReceivedRequest {
  const { pathname, search } = new URL(request.url);
  const header = (name: string) => request.headers.get(name) ?? undefined;
  return {
    at: Date.now(),
    method: request.method,
    path: pathname,
    query: search,
    cookie: header('cookie'),
    referer: header('referer'),
    origin: header('origin'),
    userAgent: header('user-agent'),
  };
}
