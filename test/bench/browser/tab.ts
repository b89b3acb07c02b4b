import type { Session } from './dev-tools';
import { inTime } from './in-time';
import type { Profile } from './profile';

/** What can be given to a page, and what it can answer. */
export type Json = string | number | boolean | null | undefined | Json[] | { [key: string]: Json };

/** A tab, which nothing is attached to but what a measurement asks for. */
export class Tab {
  constructor(
    readonly profile: Profile,
    readonly targetId: string,
    readonly session: Session,
  ) {}

  /** Goes to a page. Resolves as soon as its document has begun to arrive: no script of the page may have run. */
  async goto(url: string): Promise<void> {
    const { errorText } = await this.session.send('Page.navigate', { url });
    if (errorText) throw new Error(`${url} did not open: ${errorText}`);
  }

  /** Goes to a page, and waits until it is loaded, and guarded if it ever is. */
  async open(url: string): Promise<void> {
    await this.goto(url);
    await this.evaluate(async () => {
      if (document.readyState !== 'complete') await new Promise((resolve) => addEventListener('load', resolve));
      // A page that nobody guards says why, and that is not what is measured here.
      await window.gatekeeper?.register().catch(() => {});
    });
  }

  /**
   * Calls a function in the page.
   * @param act must not use anything from around it
   * @throws (rejects) as it does, and where the page goes away meanwhile
   */
  async evaluate<Args extends Json[], T>(act: (...args: Args) => T, ...args: Args): Promise<Awaited<T>> {
    const evaluated = this.session.send('Runtime.evaluate', {
      // What the compiler names functions with is not there.
      expression: `((__name) => (${act})(...${JSON.stringify(args)}))((named) => named)`,
      awaitPromise: true,
      returnByValue: true,
    });
    const { result, exceptionDetails } = await inTime(evaluated, 'the page answered');
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as Awaited<T>;
  }

  /** Milliseconds that a page's main thread has worked since its document began to load, and what of that was script. */
  async mainThread(): Promise<{ tasks: number; script: number }> {
    const { metrics } = await this.session.send('Performance.getMetrics');
    const milliseconds = (name: string) => (metrics.find((metric) => metric.name === name)?.value ?? 0) * 1000;
    return { tasks: milliseconds('TaskDuration'), script: milliseconds('ScriptDuration') };
  }

  async close(): Promise<void> {
    await this.profile.chromium.session.send('Target.closeTarget', { targetId: this.targetId });
  }
}
