/** Where a lock can be put: as the bare header value, or as the line to paste. */
export const LOCK_FORMATS = {
  header: (lock: string) => lock,
  nginx: (lock: string) => `set $cookie_gatekeeper "${lock}";
add_header Content-Security-Policy $cookie_gatekeeper always;`,
  apache: (lock: string) => `Header always add Content-Security-Policy "${lock}"`,
  caddy: (lock: string) => `header +Content-Security-Policy "${lock}"`,
  express: (lock: string) => `// Before express.static and your routes.
app.use((request, response, next) => {
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

/** Where the worker's own lock can be put, in the place of the documents'. */
export const WORKER_LOCK_FORMATS = {
  header: (lock: string) => lock,
  // A location of its own would not know where the site has the file, nor keep the site's other headers.
  nginx: (lock: string) => `if ($uri = /gatekeeper-sw.js) {
  set $cookie_gatekeeper "${lock}";
}`,
  apache: (lock: string) => `<If "%{REQUEST_URI} == '/gatekeeper-sw.js'">
  Header always set Content-Security-Policy "${lock}"
</If>`,
  caddy: (lock: string) => `header /gatekeeper-sw.js {
  Content-Security-Policy "${lock}"
  defer
}`,
  express: (lock: string) => `app.get('/gatekeeper-sw.js', (request, response, next) => {
  response.set('Content-Security-Policy', ${JSON.stringify(lock)});
  next();
});`,
};

export type WorkerLockFormat = keyof typeof WORKER_LOCK_FORMATS;

/**
 * The worker's lock as lines to paste, after those of the documents'.
 * @param lock the header value, from `workerLockOf` or `build`
 */
export function workerLockLine(lock: string, format: WorkerLockFormat): string {
  return WORKER_LOCK_FORMATS[format](lock);
}
