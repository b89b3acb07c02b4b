import type { Chromium } from './chromium';
import { Tab } from './tab';

/** A visitor's profile. */
export class Profile {
  constructor(
    readonly chromium: Chromium,
    /** The browser's own profile without it. */
    readonly id?: string,
  ) {}

  /** An empty tab, in front. */
  async openTab(): Promise<Tab> {
    const { session, devTools } = this.chromium;
    const { targetId } = await session.send('Target.createTarget', {
      url: 'about:blank',
      browserContextId: this.id,
    });
    const { sessionId } = await session.send('Target.attachToTarget', { targetId, flatten: true });
    return new Tab(this, targetId, devTools.session(sessionId));
  }

  /** Does something in a tab that is closed then. */
  async inTab<T>(act: (tab: Tab) => Promise<T>): Promise<T> {
    const tab = await this.openTab();
    try {
      return await act(tab);
    } finally {
      await tab.close();
    }
  }

  /** Closes its tabs, and forgets everything; the browser's own goes with the browser. */
  async dispose(): Promise<void> {
    if (this.id === undefined) return;
    await this.chromium.session.send('Target.disposeBrowserContext', { browserContextId: this.id });
  }
}
