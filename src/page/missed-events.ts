/** What tells scripts that the page is there, in the order in which it happens, and where. */
const EVENTS: [type: string, target: () => EventTarget][] = [
  ['DOMContentLoaded', () => document],
  ['readystatechange', () => document],
  ['load', () => window],
  ['pageshow', () => window],
];

/**
 * Lets scripts that are released when the page is long there find the events that they wait for: what they add for one that
 * has been, while they run, is called once, when they have run.
 */
export class MissedEvents {
  readonly #scripts = new WeakSet<Element>();
  #calls: [order: number, call: () => void][] = [];
  /** What stands for each target's own method meanwhile. */
  #listening: [EventTarget, typeof window.addEventListener][] = [];
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
    for (const [target, ours] of this.#listening) if (target.addEventListener === ours) delete (target as Partial<EventTarget>).addEventListener;
    if (window.onload && window.onload !== this.#onload && hasBeen('load')) this.#add('load', window, window.onload);
    const calls = this.#calls.sort(([one], [other]) => one - other);
    this.#calls = [];
    for (const [, call] of calls) call();
  }

  #listenFor(target: EventTarget): typeof window.addEventListener {
    const add = target.addEventListener;
    return (type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions) => {
      add.call(target, type, listener, options);
      const { currentScript } = document;
      if (listener && currentScript && this.#scripts.has(currentScript) && hasBeen(type)) this.#add(type, target, listener);
    };
  }

  #add(type: string, target: EventTarget, listener: EventListenerOrEventListenerObject): void {
    const order = EVENTS.findIndex(([name, at]) => name === type && (at() === target || type === 'DOMContentLoaded'));
    if (order < 0) return;
    this.#calls.push([
      order,
      () => {
        const event = new Event(type);
        for (const name of ['target', 'currentTarget']) Object.defineProperty(event, name, { value: name === 'target' ? EVENTS[order]![1]() : target });
        try {
          if (typeof listener === 'function') listener.call(target, event);
          else listener.handleEvent(event);
        } catch (error) {
          reportError(error);
        }
      },
    ]);
  }
}

/** Whether a listener that is added now waits in vain. */
function hasBeen(type: string): boolean {
  const { domContentLoadedEventStart, loadEventStart } = performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming;
  return (type === 'DOMContentLoaded' ? domContentLoadedEventStart : loadEventStart) > 0;
}
