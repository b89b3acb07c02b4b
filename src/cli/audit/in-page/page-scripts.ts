import type { StoredEntry } from '../observation';

/** Where the page's notes are kept, which its own scripts do not look for. */
const NOTES = 'cookie-gatekeeper audit';

/** What a script of a page has stored, or asked for. */
export interface Note {
  name: string;
  /** The script's address. */
  by: string;
  /** What it has written into `document.cookie`. */
  line?: string;
}

/** What scripts of a page have done, and which of them. */
interface Notes {
  stored: Note[];
  /** Images that were asked for, and workers: of these, browsers do not tell which script did. */
  asked: Note[];
}

/** Runs in every document before its own scripts: notes which script sets which cookie and which entry of storage, and asks for which image or worker. */
function noteWriters(key: string): void {
  const notes: Notes = { stored: [], asked: [] };
  Object.defineProperty(window, Symbol.for(key), { value: notes });
  function note(name: string, list = notes.stored, line?: string): void {
    const script = /https?:\/\/[^\s)]+?(?=:\d+:\d+)/.exec((new Error().stack ?? '').split('\n').slice(3).join('\n'));
    list.push({ name, by: script ? script[0] : location.href, line });
  }
  function wrap(owner: object | undefined, method: string, nameOf: (given: unknown) => string): void {
    const before = owner && Reflect.get(owner, method);
    if (typeof before !== 'function') return;
    Reflect.set(owner!, method, function wrapped(this: unknown, ...given: unknown[]) {
      note(nameOf(given[0]));
      return Reflect.apply(before, this, given);
    });
  }
  const cookie = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')!;
  Object.defineProperty(Document.prototype, 'cookie', {
    ...cookie,
    set(text: string) {
      note(String(text).split('=')[0]!.trim(), notes.stored, String(text));
      cookie.set!.call(this, text);
    },
  });
  const source = Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, 'src')!;
  Object.defineProperty(HTMLImageElement.prototype, 'src', {
    ...source,
    set(this: HTMLImageElement, address: string) {
      source.set!.call(this, address);
      note(this.src, notes.asked);
    },
  });
  for (const kind of ['Worker', 'SharedWorker'] as const) {
    const before = window[kind];
    if (typeof before !== 'function') continue;
    Reflect.set(
      window,
      kind,
      new Proxy<new (...given: never[]) => object>(before, {
        construct(target, given: unknown[], made) {
          const address = String(given[0]);
          if (URL.canParse(address, document.baseURI)) note(new URL(address, document.baseURI).href, notes.asked);
          return Reflect.construct(target, given, made) as object;
        },
      }),
    );
  }
  wrap(Storage.prototype, 'setItem', String);
  wrap(globalThis.IDBFactory?.prototype, 'open', String);
  wrap((globalThis as { CookieStore?: { prototype: object } }).CookieStore?.prototype, 'set', (given) =>
    typeof given === 'string' ? given : String((given as { name?: unknown })?.name),
  );
}
export const NOTE_WRITERS = [noteWriters, NOTES] as const;

/** What is stored in the page's origin, who has set what, and whom the browser was told to connect to. */
async function readPage(key: string): Promise<{
  notes: Notes;
  entries: Pick<StoredEntry, 'area' | 'name'>[];
  hints: string[];
}> {
  const attempt = async (names: () => readonly string[] | Promise<readonly string[]>) => {
    try {
      return await names();
    } catch {
      // Storage is closed to a page of an opaque origin.
      return [];
    }
  };
  const entries = [
    ...(await attempt(() => Object.keys(localStorage))).map((name) => ({ area: 'localStorage' as const, name })),
    ...(await attempt(() => Object.keys(sessionStorage))).map((name) => ({ area: 'sessionStorage' as const, name })),
    ...(await attempt(async () => ((await indexedDB.databases?.()) ?? []).map(({ name }) => name ?? ''))).map(
      (name) => ({ area: 'indexedDB' as const, name }),
    ),
    ...(await attempt(() => caches.keys())).map((name) => ({ area: 'caches' as const, name })),
  ];
  const links = document.querySelectorAll<HTMLLinkElement>(
    'link:is([rel~=preconnect i], [rel~=dns-prefetch i], [rel~=prerender i])',
  );
  const noted = (window as unknown as Record<symbol, Notes>)[Symbol.for(key)];
  const notes = { stored: noted?.stored.splice(0) ?? [], asked: noted?.asked.splice(0) ?? [] };
  return { notes, entries, hints: [...links].map(({ href }) => href) };
}
export const READ_PAGE = [readPage, NOTES] as const;

/** Scrolls through the page once, as a reader does: much is loaded only when it is seen. */
export async function scrollThrough(mostScreens: number): Promise<void> {
  const pause = () => new Promise((resolve) => setTimeout(resolve, 60));
  for (let screen = 1; screen <= mostScreens; screen++) {
    window.scrollTo(0, screen * window.innerHeight);
    await pause();
    if (screen * window.innerHeight >= document.documentElement.scrollHeight) break;
  }
  window.scrollTo(0, 0);
}

/** Presses what stands in a player's place until it is pressed. */
export function pressFacades(most: number): void {
  const facades = document.querySelectorAll<HTMLElement>(
    'lite-youtube, lite-vimeo, button[class*=play i], [role=button][class*=play i], button[aria-label*=play i], button[aria-label*=lire i]',
  );
  for (const facade of [...facades].slice(0, most)) facade.click();
}

/** Calls a method of the gatekeeper that the page has, if it has one. */
export function callGatekeeper(method: string): boolean {
  const { gatekeeper } = window as unknown as { gatekeeper?: Record<string, unknown> };
  if (typeof gatekeeper?.[method] !== 'function') return false;
  // What is granted may load the page again: nobody waits for it here.
  void (gatekeeper[method] as () => Promise<unknown>)();
  return true;
}

/** Addresses that the page links to. */
export function readLinks(): string[] {
  return [...document.querySelectorAll<HTMLAnchorElement>('a[href]')].map(({ href }) => href.replace(/#.*/, ''));
}
