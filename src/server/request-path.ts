const SCHEME_AND_HOST = /^https?:\/\/[^/?#]*/i;

/**
 * The path that a server is asked for, with its query. It may be asked by a whole address, as proxies are (`GET http://site.example/page`):
 * https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2. What is no path, such as `*`, is the root.
 */
export function requestPath(target: string): string {
  const path = target.replace(SCHEME_AND_HOST, '');
  if (path.startsWith('?')) return `/${path}`;
  return path.startsWith('/') ? path : '/';
}
