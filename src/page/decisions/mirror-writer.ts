import { builtIn } from '../../dom/built-in';
import { writeCookie } from '../../dom/write-cookie';
import { mirrorAssignments } from '../../consent/mirror-assignments';
import { mirrorWarning } from '../../consent/mirror-warning';
import type { ConsentRecord } from '../../consent/record';
import type { PageContext } from '../page-context';

/** A banner that answers whatever is written into the mirror must not keep the page busy either: a page writes a decision no more often. */
const MOST_TIMES = 20;
/** Whoever deletes cookies may be about to delete the rest. */
const DELAY_MS = 1000;

/** Shows the record in the mirror cookie. */
export class MirrorWriter {
  readonly #page: PageContext;
  #written = { id: '', times: 0 };
  #hasWarned = false;
  #isDue = false;

  constructor(page: PageContext) {
    this.#page = page;
  }

  write(record: ConsentRecord): void {
    const { policy } = this.#page;
    if (this.#hasWarned) return;
    if (record.id !== this.#written.id) this.#written = { id: record.id, times: 0 };
    if ((this.#written.times += 1) > MOST_TIMES) return;
    for (const assignment of mirrorAssignments(
      record,
      builtIn(document).cookie,
      policy,
      Date.now(),
      location.protocol === 'https:',
    ))
      writeCookie(assignment);
    const warning = mirrorWarning(record, policy, builtIn(document).cookie, location.hostname);
    if (warning) console.warn(warning);
    this.#hasWarned = !!warning; // What the browser does not take once, it does not take again.
  }

  /**
   * Another page may have decided later, and have been overwritten in the mirror by this one.
   * @param written what this page has written
   */
  async writeLatest(written: ConsentRecord): Promise<void> {
    const latest = await this.#page.stored().catch(() => undefined);
    if (!latest || latest.id === written.id) return;
    this.write(latest);
    await this.writeLatest(latest);
  }

  /** The mirror does not show what is known here, which may have been deleted as well, or be older than what another page has decided. */
  async writeAgain(): Promise<void> {
    if (this.#isDue) return;
    this.#isDue = true;
    await new Promise((resolve) => setTimeout(resolve, DELAY_MS));
    this.#isDue = false;
    const page = this.#page;
    try {
      const latest = await page.stored();
      if (latest?.id !== page.record?.id) return await page.catchUp(false);
      if (!latest) return;
      this.write(latest);
      await this.writeLatest(latest);
    } catch {
      // What cannot be read is not shown.
    }
  }
}
