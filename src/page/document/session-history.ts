import { listenToWindow } from '../../dom/listen-to-window';
import type { ServiceId } from '../../compiled-policy/compiled-policy';
import { whenIdle } from '../when-idle';
import { navigationTiming } from './navigation-timing';

const OPENED = 'cookie-gatekeeper:opened';
const STATE = 'cookie-gatekeeper:state';
/** As many entries as browsers keep for a tab. */
const MOST_ENTRIES = 50;

interface Navigation {
  /** What has brought the document here. */
  activation?: { navigationType: string } | null;
  currentEntry: { key: string } | null;
  entries(): { key: string; sameDocument: boolean }[];
}

const navigation = () => (window as { navigation?: Navigation }).navigation;

/**
 * A browser keeps with a page in the history what its frames have loaded, and those that are written into the page (`data:`,
 * `srcdoc`) come back under the policy that they had. So a page that comes back by history, and is open to less than it was,
 * is loaded afresh before its frames are.
 * @param services that the document was opened to: what is closed later, the browser may have kept
 * @param refusable those that it may have been open to before
 */
export function watchHistory(services: readonly ServiceId[], refusable: readonly ServiceId[]): void {
  const key = currentKey();
  if (refusable.length > 0) {
    // A tab may be discarded without a word. Storage takes time to read, which nobody needs to wait for here.
    void whenIdle().then(() => remember([key], services));
    listenToWindow('pagehide', () => remember(documentKeys(), services));
  }
  // Nothing is known of an entry that is new.
  if (navigation()?.activation?.navigationType === 'push') return;
  try {
    restoreState();
    const type = navigationTiming()?.type;
    // A site may have emptied the storage, as when somebody logs out.
    const before = entries()[key] ?? (type === 'back_forward' ? refusable : []);
    if (before.length > 0) remember([key], services);
    // Firefox brings such frames back over a reload too.
    const isFromHistory = type === 'back_forward' || type === 'reload';
    if (isFromHistory && before.some((id) => !services.includes(id))) loadAfresh();
  } catch {
    // Without a memory for this tab, or in a sandboxed document, history brings nothing back that was open.
  }
}

function currentKey(): string {
  return navigation()?.currentEntry?.key ?? location.href;
}

/** All entries that this document was shown under: single-page applications add to them. */
function documentKeys(): string[] {
  return (
    navigation()
      ?.entries()
      .filter(({ sameDocument }) => sameDocument)
      .map(({ key }) => key) ?? [location.href]
  );
}

/** Where that is kept which follows. A page may have more frames of the site's own than a tab has entries. */
function memory(): string {
  return window === top ? OPENED : `${OPENED}-in-frames`;
}

/** What the documents of entries were open to, by the entry's key. */
function entries(): Record<string, readonly ServiceId[]> {
  return JSON.parse(sessionStorage.getItem(memory()) ?? '{}') as Record<string, readonly ServiceId[]>;
}

function remember(keys: string[], services: readonly ServiceId[]): void {
  try {
    const opened = entries();
    for (const key of keys) {
      delete opened[key];
      opened[key] = services;
    }
    sessionStorage.setItem(memory(), JSON.stringify(Object.fromEntries(Object.entries(opened).slice(-MOST_ENTRIES))));
  } catch {
    // As above.
  }
}

/** Loads the document in place of its history entry, so that the browser forgets what it keeps with that. */
export function loadAfresh(): void {
  window.stop();
  const { href } = location;
  try {
    if (history.state !== null) sessionStorage.setItem(STATE, JSON.stringify(history.state));
  } catch {
    // The storage is full, or the state is nothing that can be written down: the page is there without it.
  }
  // An address that is left for itself is only scrolled, where it has a fragment. The page's base may be elsewhere.
  history.replaceState(null, '', new URL('?cookie-gatekeeper', href).href);
  location.replace(href);
}

/** What the site has kept in the entry, for its own scripts. */
function restoreState(): void {
  const state = sessionStorage.getItem(STATE);
  if (state === null) return;
  sessionStorage.removeItem(STATE);
  history.replaceState(JSON.parse(state), '');
}
