/** What tells scripts that the page is there, in the order in which it happens; the first two to the document. */
const EVENTS = ['DOMContentLoaded', 'readystatechange', 'load', 'pageshow'];

type Listener = EventListenerOrEventListenerObject;

/**
 * Lets scripts that are released when the page is long there find the events that they wait for: what they add for one that
 * has been, while they run, is called once, when they have run.
 */
export class MissedEvents {
  readonly #scripts = new WeakSet<Element>();
  #missed: [type: number, target: EventTarget, listener: Listener][] = [];
  /** What stands for each target's own method meanwhile. */
  #listening: [EventTarget, EventTarget['addEventListener']][] = [];
  #onload = window.onload;
  #running = 0;

  /** To be called before scripts run. Until as many calls of `end`, those that are told of are listened for. */
  begin(): void {
    if (this.#running++ > 0) return;
    this.#onload = window.onload;
    this.#listening = [document, window].map((target) => [target, (target.addEventListener = this.#listenFor(target))]);
  }

  /** To be called before a script is inserted. */
  expect(script: HTMLScriptElement): void {
    this.#scripts.add(script);
  }

  end(): void {
    if (--this.#running > 0) return;
    // A script may have put something of its own there.
    for (const [target, ours] of this.#listening)
      if (target.addEventListener === ours) delete (target as Partial<EventTarget>).addEventListener;
    if (window.onload !== this.#onload) this.#note('load', window, window.onload);
    for (const [type, target, listener] of this.#missed.sort(([one], [other]) => one - other)) {
      const event = Object.defineProperties(new Event(EVENTS[type]!), {
        target: { value: document },
        currentTarget: { value: target },
      });
      // Each on its own: an error in one must not keep the others from hearing.
      queueMicrotask(() =>
        typeof listener === 'function' ? listener.call(target, event) : listener.handleEvent(event),
      );
    }
    this.#missed = [];
  }

  #listenFor(target: EventTarget): EventTarget['addEventListener'] {
    const add = target.addEventListener;
    return (type, listener, options) => {
      add.call(target, type, listener, options);
      if (this.#scripts.has(document.currentScript!)) this.#note(type, target, listener);
    };
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
