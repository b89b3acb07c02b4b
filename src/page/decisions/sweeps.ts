import type { CompiledService } from '../../compiled-policy/compiled-policy';
import type { SweepReport } from '../../sweep/report';
import { sweep, sweepSeen } from '../../sweep/sweep';
import { undeclaredCookies } from '../../sweep/undeclared-cookies';
import { keepOutOfCache } from '../document/keep-out-of-cache';
import type { Swept } from '../gatekeeper-events';
import type { PageContext } from '../page-context';
import * as pendingSweep from './pending-sweep';

/**
 * Between two sweeps for what was seen, in milliseconds: a tracker that writes its cookie again whenever it goes must
 * not keep the page busy. What is seen meanwhile waits.
 */
const GAP_MS = 1000;

/** Databases that the next page deletes before its scripts run: no page is held up for more. */
const MOST_HELD = 20;
const OPENED_AGAIN =
  'It was deleted before this page’s scripts ran, and opened again. Start what opens it only when the service is permitted.';

/** Deletes what refused services have left in this browser: when it is asked to, when something is decided, when something is seen. */
export class Sweeps {
  readonly #page: PageContext;
  #sweeping: Promise<Swept> | undefined;
  #isSweepDue = false;
  /** When what was seen was last swept. */
  #sweptAt = -GAP_MS;
  /** The debt for which this page has looked for hidden cookies. */
  #lookedFor: string | null = null;
  /** The databases that were deleted when this page began. */
  readonly #deletedBefore = pendingSweep.held();

  constructor(page: PageContext) {
    this.#page = page;
  }

  /**
   * Deletes what services that are not permitted have left in this browser. One sweep after another: two at once would
   * share the traces between their reports, and an earlier one has looked before the latest decision.
   * @throws {Error} (rejects) while the stored consent cannot be read
   */
  sweep(): Promise<Swept> {
    return this.#afterOthers(sweep);
  }

  #afterOthers(look: typeof sweep): Promise<Swept> {
    const sweeping = (this.#sweeping ?? Promise.resolve()).catch(() => {}).then(() => this.#sweepAll(look));
    this.#sweeping = sweeping;
    const ended = () => {
      if (this.#sweeping === sweeping) this.#sweeping = undefined;
    };
    sweeping.then(ended, ended);
    return sweeping;
  }

  async #sweepAll(look: typeof sweep): Promise<Swept> {
    const { gatekeeper, policy } = this.#page;
    const debt = pendingSweep.get();
    const { choices, standings } = gatekeeper.consent;
    // What is permitted must not be deleted.
    if (this.#page.guard.differs || Object.values(standings).includes('unrestored'))
      throw new Error(
        'cookie-gatekeeper deletes nothing while the stored consent cannot be read, or page and worker are of different builds.',
      );
    const report = await look({
      refused: policy.reportOnly ? [] : policy.services.filter(({ id }) => !choices[id]),
      kept: this.#permitted(),
      mirror: policy.cookie,
    });
    this.#settle(debt, report);
    for (const trace of report.remaining)
      if (trace.kind === 'indexedDB' && this.#deletedBefore.includes(trace.name)) trace.why = OPENED_AGAIN;
    const swept = { ...report, undeclared: undeclaredCookies(policy.services, policy.cookie) };
    gatekeeper.dispatchEvent(new CustomEvent('sweep', { detail: swept }));
    return swept;
  }

  /** Ends what was owed when a sweep began, or leaves it to the next page. */
  #settle(debt: string | null, { deleted, remaining }: SweepReport): void {
    const held = remaining.filter(({ kind }) => kind === 'indexedDB').map(({ name }) => name);
    // Firefox would keep the page with its open databases and the requests to delete them, which all others had to wait behind.
    if (held.length > 0) keepOutOfCache();
    const latest = pendingSweep.get();
    if (latest !== debt) {
      if (latest !== null) void this.sweep(); // Something was decided meanwhile.
      return;
    }
    // Services still run in the pages that were open to them: a later page has to find that nothing was left since.
    const isLater = !(Number(debt) > performance.timeOrigin);
    // Cookies are seen when they are there, and one that no script can delete stays.
    const isClean = [...deleted, ...remaining].every(({ kind }) => kind === 'cookie');
    if (held.length > 0 || (debt !== null && !(isLater && isClean))) pendingSweep.hold(held.slice(0, MOST_HELD), debt);
    else if (debt !== null) pendingSweep.settle();
  }

  /** Sweeps because something of a refused service was seen, or a sweep is owed: at once, or as soon as it may again. */
  async sweepSeen(): Promise<void> {
    if (this.#isSweepDue || this.#page.guard.differs) return;
    this.#isSweepDue = true;
    const wait = this.#sweptAt + GAP_MS - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    await this.#sweeping?.catch(() => {});
    this.#isSweepDue = false;
    this.#sweptAt = performance.now();
    const debt = pendingSweep.get();
    const look = debt === null || debt === this.#lookedFor ? sweepSeen : sweep;
    this.#lookedFor = debt;
    await this.#afterOthers(look);
  }

  #permitted(): CompiledService[] {
    return this.#page.policy.services.filter(({ id }) => this.#page.gatekeeper.allows(id));
  }
}
