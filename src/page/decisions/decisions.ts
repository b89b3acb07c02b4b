import { builtIn } from '../../dom/built-in';
import { adopted } from '../../consent/adopt';
import {
  assertPrompt,
  applyChoices,
  addOneTimeReceipt,
  type ConsentChange,
  type ConsentPrompt,
} from '../../consent/apply-choices';
import type { Choices, ConsentAction, ConsentRecord } from '../../consent/record';
import { LABEL_PATTERN } from '../../consent/receipt';
import { STORE_LIMIT_MS } from '../../consent/store';
import { serviceOf, type ServiceId } from '../../compiled-policy/compiled-policy';
import { mirrorOf } from '../../consent/mirror';
import { askActiveWorker } from '../worker/ask-worker';
import type { Effects } from './effects';
import { rememberDecision } from './remembered-decision';
import type { ChangeOfRecord, PageContext } from '../page-context';
import { dropCached } from '../document/keep-out-of-cache';
import type { Reopening } from './reopening';
import { announceDecision, closeOtherPages } from '../tabs/announce-decision';
import { withTimeout } from '../with-timeout';

/** What became of a decision. */
export interface Decided {
  /**
   * How many other open pages of the site have not said that they are closed to what is refused now: pages without the
   * gatekeeper's script, and those that a browser has frozen, which close when they go on. 0 where nothing was refused.
   */
  unreached: number;
}

/** Makes records of what is decided: by the visitor on this page, or elsewhere. */
export class Decisions {
  readonly #page: PageContext;
  readonly #effects: Effects;
  readonly #reopening: Reopening;

  constructor(page: PageContext, effects: Effects, reopening: Reopening) {
    this.#page = page;
    this.#effects = effects;
    this.#reopening = reopening;
  }

  /**
   * The visitor decides, here and now.
   * @param choices by service; or one for every service that is not necessary
   * @returns how many other open pages of the site have not said that they are closed to what is refused now
   * @throws {TypeError} (rejects) for unknown and for necessary services, and for what no receipt can have; nothing is changed
   * @throws {Error} (rejects) when it cannot be stored, or the worker does not acknowledge it
   */
  async decide(action: ConsentAction, choices: Choices | boolean, shown: ConsentPrompt = {}): Promise<Decided> {
    const { policy } = this.#page;
    assertPrompt(shown);
    const change: ConsentChange = { action, choices: await this.#checked(choices), ...languageNow(), ...shown };
    return this.#change((previous) =>
      applyChoices(adopted(previous, builtIn(document).cookie, policy, Date.now()), change, policy, Date.now()),
    );
  }

  /**
   * The visitor permits a service on this page only, which is loaded again to open to it.
   * @throws {TypeError} (rejects) for unknown and for necessary services, and for what no receipt can have
   * @throws {GuardError} (rejects) where no worker guards the page: nobody could permit it then
   */
  async allowOnce(service: ServiceId, shown: ConsentPrompt = {}): Promise<void> {
    const page = this.#page;
    const { policy } = page;
    assertPrompt(shown);
    await this.#checked({ [service]: true });
    await page.guarding();
    await page.store((previous) =>
      addOneTimeReceipt(previous, [service], { ...languageNow(), ...shown }, policy, Date.now()),
    );
    await this.#reopening.allowOnce(service);
  }

  /**
   * Takes over a later decision that the mirror shows: of another host of the domain, or of the platform's own banner.
   * @param mayReload whether the page may be loaded again
   * @returns whether there was one
   */
  async adopt(mayReload: boolean): Promise<boolean> {
    const { policy } = this.#page;
    const adopt: ChangeOfRecord = (previous) => adopted(previous, builtIn(document).cookie, policy, Date.now());
    const known = this.#page.record;
    if (adopt(known)?.id === known?.id) return false;
    await this.#change(adopt, mayReload);
    return true;
  }

  /** @throws {Error} (rejects) when it cannot be stored, or the worker does not acknowledge it */
  async #change(change: ChangeOfRecord, mayReload?: boolean): Promise<Decided> {
    let before: Choices = {};
    const stored = this.#page.store((previous) => {
      before = previous?.choices ?? {};
      return change(previous);
    });
    // Also when it is stored later than anybody waits for.
    const unreached = stored.then((record) => {
      const refuses = Object.entries(record?.choices ?? {}).some(([id, choice]) => !choice && before[id] !== false);
      return this.#putIntoForce(record, refuses, mayReload);
    });
    unreached.catch(() => {});
    try {
      await withTimeout(STORE_LIMIT_MS, stored, 'No answer');
    } catch (cause) {
      throw new Error(
        'cookie-gatekeeper: the choice could not be stored. Does the browser block site data (IndexedDB)?',
        { cause },
      );
    }
    return { unreached: await unreached };
  }

  /**
   * @param refuses whether anything is refused that was not before. What only grants is decided by the worker first:
   * fifty tabs that catch up would hold the visitor's own up.
   * @returns how many other pages have not said in time that they are closed to what is refused
   */
  async #putIntoForce(record: ConsentRecord | undefined, refuses: boolean, mayReload?: boolean): Promise<number> {
    if (!record) return 0;
    const page = this.#page;
    const { policy } = page;
    // At once, before anything is waited for: a page that is opened or shown meanwhile sees it in the mirror.
    this.#effects.mirror.write(record);
    const decision = mirrorOf(record, policy);
    rememberDecision(decision);
    page.csp.heed(decision);
    dropCached();
    const acknowledged = askActiveWorker<'consent-changed'>(page.worker, { type: 'consent-changed' });
    const others = acknowledged.then(
      (reply) => reply?.pages ?? 0,
      () => 0,
    );
    const unreached = refuses ? closeOtherPages(page.channel, decision, others) : 0;
    await acknowledged.catch(() => {}); // What is released is decided under the new consent already.
    if (!refuses) announceDecision(page.channel, decision);
    void this.#effects.mirror.writeLatest(record); // Nobody waits for it: the page may be about to load again.
    await page.catchUp(mayReload);
    await acknowledged;
    return unreached;
  }

  async #checked(choices: Choices | boolean): Promise<Choices> {
    const optional = this.#page.policy.services.filter(({ need }) => need !== 'necessary').map(({ id }) => id);
    if (typeof choices === 'boolean') return Object.fromEntries(optional.map((id) => [id, choices]));
    for (const [id, choice] of Object.entries(choices)) {
      if (optional.includes(id) && typeof choice === 'boolean') continue;
      throw new TypeError(
        `cookie-gatekeeper: ${id}: ${choice} is no choice. Choose true or false for ${optional.join(', ')}.${serviceOf(this.#page.policy, id) ? '' : await this.#effects.meant(id)}`,
      );
    }
    return choices;
  }
}

/** Where nobody says what language the visitor was asked in, it is the document's. */
function languageNow(): { language: string } {
  const { lang } = builtIn(document).documentElement;
  return { language: LABEL_PATTERN.test(lang) ? lang : navigator.language };
}
