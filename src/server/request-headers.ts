import type { NodeRequest } from './node-http';

/** The headers of a Node request as the Fetch API has them. Names that start with a colon are HTTP/2's own. */
export function requestHeaders({ headers }: NodeRequest): Headers {
  const entries = Object.entries(headers).filter(([name]) => !name.startsWith(':'));
  return new Headers(entries.map(([name, value]): [string, string] => [name, String(value)]));
}
