import { mirrorAssignments } from '../consent/mirror-assignments';
import { mirrorWarning } from '../consent/mirror-warning';
import type { ServiceId, ServiceTerms } from '../gate/terms';
import { sweep } from '../sweep/sweep';
import { undeclaredCookies } from '../sweep/undeclared-cookies';
import type { Swept } from './gatekeeper-events';
import type { GuardedPage } from './guarded-page';
import { EmbeddedContent } from './embedded-content';
import { isLetIn } from './is-let-in';
import { treesOf } from './trees-of';
import { Placeholders } from './placeholders';
import { release } from './release';
import { sendReceipts } from './send-receipts';
import { sweepOwed } from './sweep-owed';

/** A tracker that writes its cookie again whenever it goes must not keep the page busy: no more sweeps than these in a minute. */
const MOST_SWEEPS = 20;
const MINUTE_MS = 60_000;
/** A banner that answers whatever is written into the mirror must not keep the page busy either: a page writes a decision no more often. */
const MOST_MIRRORS = 20;

/** What the consent does to a page: closes it, releases what was refused, holds places, sweeps, shows itself in the mirror. */
export class Effects {
  readonly #page: GuardedPage;
  readonly #placeholders: Placeholders;
  readonly #embedded: EmbeddedContent;
  readonly #released = new Set<string>();
  /** When the last sweeps for a trace that was seen were. */
  #sweeps: number[] = [];
  #sweeping: Promise<Swept> | undefined;
  #mirrored = { id: '', times: 0 };
  #hasWarned = false;

  constructor(page: GuardedPage) {
    this.#page = page;
    const { gatekeeper, terms } = page;
    this.#placeholders = new Placeholders(terms, {
      allows: (id) => gatekeeper.allows(id),
      allow: (id) => void gatekeeper.set({ [id]: true }).catch((error: unknown) => console.error(error)),
    });
    this.#embedded = new EmbeddedContent(page, this.#placeholders);
  }

  /**
   * Closes the page to services that are refused now, also where the gate does not see them: sockets, frames and objects,
   * and what documents inside the page send that the browser leaves to their own policies.
   */
  close(): void {
    const { gatekeeper, wall } = this.#page;
    wall.closeTo((id) => !gatekeeper.allows(id));
    if (wall.overtaken.size > 0) {
      wall.overtaken.clear();
      // Documents of XML, such as pictures, have no head.
      for (const tree of treesOf(document)) if (tree !== document && 'head' in tree && tree.head) wall.add(wall.closed(), tree);
      this.#embedded.loadHiddenAgain();
    }
    this.#embedded.empty();
  }

  /** Releases what is permitted now, and holds the places of what is not. */
  async show(): Promise<void> {
    const { gatekeeper, wall, terms, trusted } = this.#page;
    const { refusals } = gatekeeper;
    const permits = (id: ServiceId) => gatekeeper.allows(id) && wall.isOpenTo(id);
    // What is taken back may be refused, and released, once more.
    for (const refusal of refusals) if (!isLetIn(refusal, (id) => gatekeeper.allows(id))) this.#released.delete(refusal.url);
    const urls = refusals.filter((refusal) => isLetIn(refusal, permits) && !this.#released.has(refusal.url)).map(({ url }) => url);
    urls.forEach((url) => this.#released.add(url));
    const released = release(
      {
        urls: new Set(urls),
        permits: ({ service, category }) => {
          const asked = service ? [service] : terms.services.filter(({ purpose }) => purpose === category).map(({ id }) => id);
          return asked.length > 0 && asked.every(permits);
        },
      },
      trusted,
    );
    this.#placeholders.holdInertFrames();
    this.#embedded.holdRefused();
    await released;
  }

  /**
   * Deletes what services that are not permitted have left in this browser. One sweep after another: two at once would
   * share the traces between their reports, and an earlier one has looked before the latest decision.
   */
  sweep(): Promise<Swept> {
    const sweeping = (this.#sweeping ?? Promise.resolve()).catch(() => {}).then(() => this.#sweepAll());
    this.#sweeping = sweeping;
    const ended = () => {
      if (this.#sweeping === sweeping) this.#sweeping = undefined;
    };
    sweeping.then(ended, ended);
    return sweeping;
  }

  async #sweepAll(): Promise<Swept> {
    const { gatekeeper, terms } = this.#page;
    const debt = sweepOwed.get();
    const report = await sweep({ refused: this.#services(false), kept: this.#services(true), mirror: terms.cookie });
    const swept = { ...report, undeclared: undeclaredCookies(terms.services, terms.cookie) };
    // A database that a page has open goes with that page: the next one tries again. A cookie that is left stays.
    const isSettled = report.remaining.every(({ kind }) => kind === 'cookie');
    if (isSettled) sweepOwed.settle(debt);
    gatekeeper.dispatchEvent(new CustomEvent('sweep', { detail: swept }));
    if (sweepOwed.get() !== debt && sweepOwed.get() !== null) void this.sweep(); // Something was decided meanwhile.
    return swept;
  }

  /** Sweeps because something of a refused service was seen, or a sweep is owed. */
  async sweepSeen(): Promise<void> {
    // A sweep looks for hidden cookies by setting them, and is told of these changes as of all others.
    if (this.#sweeping) return;
    const now = Date.now();
    this.#sweeps = this.#sweeps.filter((time) => now - time < MINUTE_MS);
    if (this.#sweeps.push(now) <= MOST_SWEEPS) await this.sweep();
  }

  /** Shows the record in the mirror cookie. */
  writeMirror(record = this.#page.record()): void {
    const { terms } = this.#page;
    if (!record || this.#hasWarned) return;
    if (record.id !== this.#mirrored.id) this.#mirrored = { id: record.id, times: 0 };
    if ((this.#mirrored.times += 1) > MOST_MIRRORS) return;
    for (const assignment of mirrorAssignments(record, document.cookie, terms, Date.now(), location.protocol === 'https:')) document.cookie = assignment;
    const warning = mirrorWarning(record, terms, document.cookie, location.hostname);
    if (warning) console.warn(warning);
    this.#hasWarned = !!warning; // What the browser does not take once, it does not take again.
  }

  /** Sends the proof of what was decided to the site's server. */
  sendReceipts(): Promise<void> {
    return sendReceipts(this.#page);
  }

  #services(permitted: boolean): ServiceTerms[] {
    return this.#page.terms.services.filter(({ id }) => this.#page.gatekeeper.allows(id) === permitted);
  }
}
