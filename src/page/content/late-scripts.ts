import { builtIn } from '../../dom/built-in';
import type { TrustedScripts } from '../files/trusted-scripts';

/** What tells scripts that the page is there, in the order in which it happens; the first two to the document. */
const EVENTS = ['DOMContentLoaded', 'readystatechange', 'load', 'pageshow'];

type Listener = EventListenerOrEventListenerObject;

/** Nobody waits longer for a script that another one has made. */
const LOAD_LIMIT_MS = 10_000;

/**
 * Lets scripts that are released when the page is long there find what they would have found while it was read: the events that
 * they wait for (what they add for one that has been, while they run, is called once, when they have run), and a place for what they
 * write into the page. The same goes for scripts that these make.
 */
export class LateScripts {
  readonly #scripts = new WeakSet<Element>();
  readonly #trusted: TrustedScripts;
  #missed: [type: number, target: EventTarget, listener: Listener][] = [];
  /** What stands for methods of the window and the document meanwhile, and how they are given back. */
  #replaced: (() => void)[] = [];
  /** What each has written while it runs. */
  readonly #written = new Map<HTMLScriptElement, string>();
  #onload = window.onload;
  #running = 0;
  /** How many scripts that others have made have not been loaded yet. */
  #awaited = 0;

  constructor(trusted: TrustedScripts) {
    this.#trusted = trusted;
  }

  /** To be called before scripts run. Until as many calls of `end`, those that are told of are listened for. */
  begin(): void {
    if (this.#running++ > 0) return;
    this.#onload = window.onload;
    if (this.#replaced.length > 0) return;
    for (const target of [document, window])
      this.#replace(target, 'addEventListener', (add) => (type: string, listener: Listener, options?: boolean) => {
        add.call(target, type, listener, options);
        if (this.#current) this.#note(type, target, listener);
      });
    this.#replace(document, 'createElement', (create) => (name: string, options?: ElementCreationOptions) => {
      const element = create.call(document, name, options);
      if (this.#current && element instanceof HTMLScriptElement) this.#await(element);
      return element;
    });
    for (const name of ['write', 'writeln'] as const)
      this.#replace(document, name, (write) => (...texts: string[]) => {
        const script = this.#current;
        if (script) this.#write(script, texts.join('') + (name === 'writeln' ? '\n' : ''));
        else write.apply(document, texts);
      });
  }

  /** To be called before a script is inserted. */
  expect(script: HTMLScriptElement): void {
    this.#scripts.add(script);
  }

  end(): void {
    if (--this.#running > 0) return;
    if (window.onload !== this.#onload) this.#note('load', window, window.onload);
    this.#tell();
  }

  /** The one of them that runs. */
  get #current(): HTMLScriptElement | undefined {
    const { currentScript } = builtIn(document);
    return currentScript && this.#scripts.has(currentScript) ? (currentScript as HTMLScriptElement) : undefined;
  }

  #replace<T extends object, K extends keyof T>(target: T, name: K, replacement: (own: T[K]) => unknown): void {
    const own = target[name];
    const ours = replacement(own) as T[K];
    // What a page names (`<form name=write>`) hides the method, from the scripts as well, and nothing can take its place.
    if (!Reflect.set(target, name, ours)) return;
    this.#replaced.push(() => {
      // A script may have put something of its own there.
      if (target[name] === ours) delete (target as Partial<T>)[name];
    });
  }

  /** A script that one of them has made is one of them, until it has run. */
  #await(script: HTMLScriptElement): void {
    this.#scripts.add(script);
    this.#awaited++;
    const ended = new Promise((resolve) => {
      for (const type of ['load', 'error']) script.addEventListener(type, resolve);
      setTimeout(resolve, LOAD_LIMIT_MS);
    });
    void ended.then(() => {
      this.#awaited--;
      if (this.#running === 0) this.#tell();
    });
  }

  /** What it writes stands behind it: written into a page that has been read, it would take the page's place. */
  #write(script: HTMLScriptElement, text: string): void {
    // What is in several pieces is whole when the script has run.
    if (!this.#written.has(script)) queueMicrotask(() => this.#insertWritten(script));
    this.#written.set(script, (this.#written.get(script) ?? '') + text);
  }

  #insertWritten(script: HTMLScriptElement): void {
    const text = this.#written.get(script)!;
    this.#written.delete(script);
    const place = builtIn(document).createRange();
    if (script.isConnected) place.selectNode(script);
    else place.selectNodeContents(builtIn(document).body);
    place.collapse();
    const written = place.createContextualFragment(this.#trusted.html(text));
    for (const inner of written.querySelectorAll('script')) this.#scripts.add(inner);
    place.insertNode(written);
  }

  #tell(): void {
    if (this.#awaited === 0) for (const giveBack of this.#replaced.splice(0)) giveBack();
    for (const [type, target, listener] of this.#missed.splice(0).sort(([one], [other]) => one - other)) {
      const event = Object.defineProperties(new Event(EVENTS[type]!), {
        target: { value: document },
        currentTarget: { value: target },
      });
      // Each on its own: an error in one must not keep the others from hearing.
      queueMicrotask(() =>
        typeof listener === 'function' ? listener.call(target, event) : listener.handleEvent(event),
      );
    }
  }

  #note(name: string, target: EventTarget, listener: Listener | null): void {
    const type = EVENTS.indexOf(name);
    const { domContentLoadedEventStart, loadEventStart } = performance.getEntriesByType(
      'navigation',
    )[0] as PerformanceNavigationTiming;
    const hasBeen = (type === 0 ? domContentLoadedEventStart : loadEventStart) > 0;
    const isHeard = target === document ? type < 2 : type !== 1;
    if (type >= 0 && listener && hasBeen && isHeard) this.#missed.push([type, target, listener]);
  }
}
