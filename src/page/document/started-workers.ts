/**
 * The dedicated workers that the page's scripts start from now on. A worker keeps the policy of when it was started, for its
 * sockets too, which nobody else sees: closing the page does not close it. Those that it starts itself end with it.
 */
export class StartedWorkers {
  #running: WeakRef<Worker>[] = [];

  /** @param started called for each */
  constructor(started: () => void) {
    window.Worker &&= new Proxy(window.Worker, {
      construct: (constructor, parameters, asked) => {
        const worker = Reflect.construct(constructor, parameters, asked) as Worker;
        this.#running.push(new WeakRef(worker));
        started();
        return worker;
      },
    });
  }

  /**
   * Ends them, and says so to whoever listens for their errors.
   * @returns whether there were any
   */
  end(): boolean {
    const running = this.#running.splice(0);
    for (const worker of running.map((reference) => reference.deref())) {
      worker?.terminate();
      worker?.dispatchEvent(
        new ErrorEvent('error', {
          message: 'cookie-gatekeeper has ended this worker: it was open to what is refused now.',
        }),
      );
    }
    return running.length > 0;
  }
}
