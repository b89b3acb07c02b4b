import type { CDPSession } from 'puppeteer';
import type { Tab } from './tab';
import { until } from './third-party-hits';

/** What Chromium's DevTools protocol says about the worker. */
export class RunningWorker {
  #status = 'unknown';
  #stops = 0;

  private constructor(readonly session: CDPSession) {
    session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
      for (const { status, runningStatus } of versions) {
        if (status !== 'activated') continue;
        this.#status = runningStatus;
        if (runningStatus === 'stopped') this.#stops++;
      }
    });
  }

  static async of(tab: Tab): Promise<RunningWorker> {
    const worker = new RunningWorker(await tab.page.createCDPSession());
    await worker.session.send('ServiceWorker.enable');
    return worker;
  }

  status(): string {
    return this.#status;
  }

  /** Stops it. An event that was on its way to it, such as a cookie's change, may start it again at once. */
  async stop(): Promise<void> {
    const before = this.#stops;
    await this.session.send('ServiceWorker.stopAllWorkers');
    await until(() => this.#status === 'stopped' || this.#stops > before, 'the worker was stopped');
  }
}
