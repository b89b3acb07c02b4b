/** Where a lock can be put: as the bare header value, or as the line to paste. */
export const LOCK_FORMATS = {
  header: (lock: string) => lock,
  nginx: (lock: string) => `add_header Content-Security-Policy "${lock}" always;`,
  apache: (lock: string) => `Header always add Content-Security-Policy "${lock}"`,
  caddy: (lock: string) => `header +Content-Security-Policy "${lock}"`,
  express: (lock: string) => `app.use((request, response, next) => {
  response.append('Content-Security-Policy', ${JSON.stringify(lock)});
  next();
});`,
  meta: (lock: string) => `<meta http-equiv="Content-Security-Policy" content="${lock}">`,
};

export type LockFormat = keyof typeof LOCK_FORMATS;

/**
 * The lock as a line to paste. It is added to a Content-Security-Policy that the site has, never replaces it.
 * @param lock the header value, from `lockOf` or `build`
 */
export function lockLine(lock: string, format: LockFormat): string {
  return LOCK_FORMATS[format](lock);
}
