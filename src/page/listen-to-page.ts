import { builtIn } from '../dom/built-in';
import { listenToWindow } from '../dom/listen-to-window';
import { message, type Notice } from '../messages/messages';
import { afterAsking, sendReceipts, takeEffect, withEffects } from './apply-consent';
import { holdSearchLinks } from './content/search-links';
import { EMBEDDED } from './document/inert-markup';
import type { PageConsent } from './page-consent';
import { askActiveWorker, controllingWorker } from './worker/ask-worker';
import { hearWorker } from './worker/hear-worker';
import { serviceWorkers } from './worker/service-workers';
import { whenShownOrIdle } from './when-idle';

/** Listens for what the browser, the visitor and the worker do with this page. */
export function listenToPage(page: PageConsent): void {
  page.log.watch();
  // Once more for what scripts have put in meanwhile.
  for (const moment of ['DOMContentLoaded', 'load'])
    window.addEventListener(moment, () =>
      takeEffect(page, holdSearchLinks(page, builtIn(document).querySelectorAll('link'))),
    );
  // Timers stand still while a machine sleeps, and messages to a frozen page are lost.
  const comeBack = () => {
    if (!builtIn(document).hidden) page.comeBack(false);
  };
  // Before any listener of the page's own, which may be the window's.
  listenToWindow('visibilitychange', comeBack, true);
  listenToWindow('pagehide', () => {
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
  page.waiting.watch((added) => {
    if (added.some((element) => element.matches(EMBEDDED))) page.csp.holdsOthers();
    takeEffect(page, holdSearchLinks(page, added));
  });
  window.addEventListener('online', () => sendReceipts(page));
  // What lists it is at work once it is loaded.
  if (page.policy.undeclared === 'report') void afterAsking(page, () => {});
  hearWorker((notice) => hear(page, notice));
  // Before the site's own listeners, also those that were there before this script.
  serviceWorkers()?.addEventListener('controllerchange', (event) => hearChange(page, event), true);
  const { cookieStore } = window as { cookieStore?: EventTarget };
  let isCookieNoted = false;
  cookieStore?.addEventListener('change', () => {
    if (!isCookieNoted) void whenShownOrIdle().then(lookAtCookies);
    isCookieNoted = true;
  });
  function lookAtCookies() {
    isCookieNoted = false;
    // Another tab may have written it, and in this one somebody may be typing.
    if (page.known.isOlderThanMirror) void page.catchUp(!builtIn(document).hidden);
    takeEffect(page);
  }
}

function hearChange(page: PageConsent, event: Event): void {
  const { guard, csp } = page;
  const isOurs = controllingWorker(page.worker);
  if (isOurs && guard.taken) {
    event.stopImmediatePropagation();
    guard.taken();
    guard.taken = undefined;
  }
  if (!isOurs && csp.loseGate()) void withEffects(page, (effects) => effects.closeWithin());
  if (guard.isGuarding) void withEffects(page, (effects) => effects.heedNewPolicy());
}

function hear(page: PageConsent, notice: Notice): void {
  if (notice.type !== 'wake-me') page.log.note(notice);
  else void askActiveWorker<'awake'>(page.worker, { type: 'awake' }).catch(() => {});
}
