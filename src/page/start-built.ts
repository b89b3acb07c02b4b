import { createBuilt } from './create-built';
import type { TagLock } from './document/tag-lock';

/** Starts a page's gatekeeper as it was built, without an interface. */
export function startBuilt(shownByMirror?: TagLock['shownByMirror']): void {
  if (!createBuilt(shownByMirror)) return;
  // Without a guard the page stays closed, which is no reason to disturb it: say why, and go on.
  window.gatekeeper.register({ after: Promise.resolve() }).catch(console.warn);
}
