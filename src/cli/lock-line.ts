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

/** Where the worker's own lock can be put, in the place of the documents'. */
export const WORKER_LOCK_FORMATS = {
  header: (lock: string) => lock,
  // Headers of a location take the place of those around it.
  nginx: (lock: string) => `location = /gatekeeper-sw.js {
  add_header Content-Security-Policy "${lock}" always;
  add_header Cache-Control "no-cache" always;
}`,
  apache: (lock: string) => `<Files "gatekeeper-sw.js">
  Header always set Content-Security-Policy "${lock}"
  Header always set Cache-Control "no-cache"
</Files>`,
  caddy: (lock: string) => `header /gatekeeper-sw.js {
  >Content-Security-Policy "${lock}"
  >Cache-Control "no-cache"
}`,
  express: (lock: string) => `app.get('/gatekeeper-sw.js', (request, response, next) => {
  response.set({ 'Content-Security-Policy': ${JSON.stringify(lock)}, 'Cache-Control': 'no-cache' });
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
