import { adopted } from '../consent/adopt';
import { checkShown, decideRecord, noteOnce, type Change, type Shown } from '../consent/decide-record';
import type { Choices, ConsentAction } from '../consent/record';
import { WORD } from '../consent/receipt';
import { STORE_LIMIT_MS } from '../consent/store';
import type { ServiceId } from '../gate/terms';
import { askWorker } from './ask-worker';
import type { ChangeOfRecord, GuardedPage } from './guarded-page';
import { within } from './within';

/** Makes records of what is decided: by the visitor on this page, or elsewhere. */
export class Decisions {
  readonly #page: GuardedPage;

  constructor(page: GuardedPage) {
    this.#page = page;
  }

  /**
   * The visitor decides, here and now.
   * @param choices by service; or one for every service that is not necessary
   * @throws {TypeError} (rejects) for unknown and for necessary services, and for what no receipt can have; nothing is changed
   * @throws {Error} (rejects) when it cannot be stored, or the worker does not acknowledge it
   */
  async decide(action: ConsentAction, choices: Choices | boolean, shown: Shown = {}): Promise<void> {
    const { terms } = this.#page;
    checkShown(shown);
    const change: Change = { action, choices: this.#checked(choices), ...languageNow(), ...shown };
    await this.#change((previous) => decideRecord(adopted(previous, document.cookie, terms, Date.now()), change, terms, Date.now()));
  }

  /**
   * The visitor permits a service on this page only, which is loaded again to open to it.
   * @throws {TypeError} (rejects) for unknown and for necessary services, and for what no receipt can have
   * @throws {GuardError} (rejects) where no worker guards the page: nobody could permit it then
   */
  async allowOnce(service: ServiceId, shown: Shown = {}): Promise<void> {
    const { terms, gatekeeper, store, guarding } = this.#page;
    checkShown(shown);
    this.#checked({ [service]: true });
    const worker = await guarding();
    await store((previous) => noteOnce(previous, [service], { ...languageNow(), ...shown }, terms, Date.now()));
    if (!gatekeeper.dispatchEvent(new CustomEvent('beforereload', { detail: gatekeeper.consent, cancelable: true }))) return;
    await askWorker<'allow-once'>(worker, { type: 'allow-once', services: [service], url: location.href.replace(/#.*/, '') });
    location.reload();
  }

  /**
   * Takes over a later decision that the mirror shows: of another host of the domain, or of the platform's own banner.
   * @param mayReload whether the page may be loaded again
   * @returns whether there was one
   */
  async adopt(mayReload: boolean): Promise<boolean> {
    const { terms } = this.#page;
    const adopt: ChangeOfRecord = (previous) => adopted(previous, document.cookie, terms, Date.now());
    const known = this.#page.record();
    if (adopt(known) === known) return false;
    await this.#change(adopt, mayReload);
    return true;
  }

  /** @throws {Error} (rejects) when it cannot be stored, or the worker does not acknowledge it */
  async #change(change: ChangeOfRecord, mayReload?: boolean): Promise<void> {
    const { store, putIntoForce } = this.#page;
    const stored = store(change);
    // Also when it is stored later than anybody waits for.
    const inForce = stored.then(() => putIntoForce(mayReload));
    inForce.catch(() => {});
    try {
      await within(STORE_LIMIT_MS, stored, 'No answer');
    } catch (cause) {
      throw new Error('cookie-gatekeeper: the choice could not be stored. Does the browser block site data (IndexedDB)?', { cause });
    }
    await inForce;
  }

  #checked(choices: Choices | boolean): Choices {
    const optional = this.#page.terms.services.filter(({ need }) => need !== 'necessary').map(({ id }) => id);
    if (typeof choices === 'boolean') return Object.fromEntries(optional.map((id) => [id, choices]));
    for (const [id, choice] of Object.entries(choices)) {
      if (optional.includes(id) && typeof choice === 'boolean') continue;
      throw new TypeError(`cookie-gatekeeper: ${id}: ${choice} is no choice. Choose true or false for ${optional.join(', ')}.`);
    }
    return choices;
  }
}

/** Where nobody says what language the visitor was asked in, it is the document's. */
function languageNow(): { language: string } {
  const { lang } = document.documentElement;
  return { language: WORD.test(lang) ? lang : navigator.language };
}
