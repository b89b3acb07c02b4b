import type { CDPSession } from 'puppeteer';
import type { Tab } from './tab';
import { until } from './third-party-hits';

/** What Chromium's DevTools protocol says about the worker. */
export class RunningWorker {
  #status = 'unknown';

  private constructor(readonly session: CDPSession) {
    session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
      for (const { status, runningStatus } of versions) if (status === 'activated') this.#status = runningStatus;
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

  async stop(): Promise<void> {
    await this.session.send('ServiceWorker.stopAllWorkers');
    await until(() => this.#status === 'stopped', 'the worker was stopped');
  }
}
