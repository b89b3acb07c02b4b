import { isMessage, message, type Notice } from '../messages/messages';
import { afterAsking, sendReceipts, takeEffect } from './apply-consent';
import { holdSearchLinks } from './content/search-links';
import type { PageConsent } from './page-consent';
import { askActiveWorker, controllingWorker } from './worker/ask-worker';
import { serviceWorkers } from './worker/service-workers';
import { whenShownOrIdle } from './when-idle';

/** Listens for what the browser, the visitor and the worker do with this page. */
export function listenToPage(page: PageConsent): void {
  page.log.watch();
  // Once more for what scripts have put in meanwhile.
  for (const moment of ['DOMContentLoaded', 'load'])
    window.addEventListener(moment, () => takeEffect(page, holdSearchLinks()));
  // Timers stand still while a machine sleeps, and messages to a frozen page are lost.
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) page.comeBack(false);
  });
  window.addEventListener('pagehide', () => {
    // No answer is asked for: Firefox gives a page up that gets one when it has been left.
    if (page.csp.leave()) controllingWorker(page.worker)?.postMessage(message({ type: 'end-once' }));
  });
  window.addEventListener(
    'input',
    (event) => {
      const [target] = event.composedPath() as HTMLInputElement[];
      if (!page.touched.has(target!)) page.touched.set(target!, target!.type);
    },
    true,
  );
  window.addEventListener('click', (event) => (page.pressed = new WeakSet(event.composedPath())), true);
  page.waiting.watch((embeds) => {
    if (embeds) page.csp.holdsOthers();
    takeEffect(page);
  });
  window.addEventListener('online', () => sendReceipts(page));
  // What lists it is at work once it is loaded.
  if (page.policy.undeclared === 'report') void afterAsking(page, () => {});
  const serviceWorker = serviceWorkers();
  serviceWorker?.addEventListener('message', ({ data }) => {
    if (isMessage(data)) hear(page, data as unknown as Notice);
  });
  serviceWorker?.startMessages();
  const { cookieStore } = window as { cookieStore?: EventTarget };
  let isCookieNoted = false;
  cookieStore?.addEventListener('change', () => {
    if (!isCookieNoted) void whenShownOrIdle().then(lookAtCookies);
    isCookieNoted = true;
  });
  function lookAtCookies() {
    isCookieNoted = false;
    // Another tab may have written it, and in this one somebody may be typing.
    if (page.known.isOlderThanMirror) void page.catchUp(!document.hidden);
    takeEffect(page);
  }
}

function hear(page: PageConsent, notice: Notice): void {
  if (notice.type !== 'wake-me') page.log.note(notice);
  else void askActiveWorker<'awake'>(page.worker, { type: 'awake' }).catch(() => {});
}
