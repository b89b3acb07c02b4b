/** Workers that ours is compared with: each takes over at once, as ours does. */

const TAKE_OVER = `
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
`;

/** Listens, and looks at the address, since browsers pass by a listener that has nothing in it. */
export const EMPTY_WORKER = `${TAKE_OVER}
self.addEventListener('fetch', (event) => void event.request.url.length);
`;

/** Decides as one would write it down: what the visitor has said is read from IndexedDB in every event. */
export const NAIVE_WORKER = `${TAKE_OVER}
const requested = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
async function isGranted() {
  const opening = indexedDB.open('consent', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('choices').put(true, 'granted');
  const database = await requested(opening);
  const granted = await requested(database.transaction('choices').objectStore('choices').get('granted'));
  database.close();
  return granted;
}
async function answer(request) {
  const isOwn = new URL(request.url).origin === location.origin;
  return (await isGranted()) || isOwn ? fetch(request) : Response.error();
}
self.addEventListener('fetch', (event) => event.respondWith(answer(event.request)));
`;

/** Registers one of them. */
export const REGISTRATION = `<script>navigator.serviceWorker.register('/worker.js')</script>`;
