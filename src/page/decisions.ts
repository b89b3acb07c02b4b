import { adopted } from '../consent/adopt';
import { decideRecord, type Change, type Shown } from '../consent/decide-record';
import type { Choices, ConsentAction } from '../consent/record';
import type { ChangeOfRecord, GuardedPage } from './guarded-page';

/** Makes records of what is decided: by the visitor on this page, or elsewhere. */
export class Decisions {
  readonly #page: GuardedPage;

  constructor(page: GuardedPage) {
    this.#page = page;
  }

  /**
   * The visitor decides, here and now.
   * @param choices by service; or one for every service that is not necessary
   * @throws {TypeError} (rejects) for unknown and for necessary services; nothing is changed
   * @throws {Error} (rejects) when it cannot be stored, or the worker does not acknowledge it
   */
  async decide(action: ConsentAction, choices: Choices | boolean, shown?: Shown): Promise<void> {
    const { terms } = this.#page;
    const optional = terms.services.filter(({ need }) => need !== 'necessary').map(({ id }) => id);
    const chosen = typeof choices === 'boolean' ? Object.fromEntries(optional.map((id) => [id, choices])) : choices;
    for (const [id, choice] of Object.entries(chosen)) {
      if (optional.includes(id) && typeof choice === 'boolean') continue;
      throw new TypeError(`cookie-gatekeeper: ${id}: ${choice} is no choice. Choose true or false for ${optional.join(', ')}.`);
    }
    const language = document.documentElement.lang || navigator.language;
    const change: Change = { action, choices: chosen, language, ...shown };
    await this.#page.change((previous) => decideRecord(adopted(previous, document.cookie, terms, Date.now()), change, terms, Date.now()));
  }

  /**
   * Takes over a later decision that the mirror shows: of another host of the domain, or of the platform's own banner.
   * @returns whether there was one
   */
  async adopt(): Promise<boolean> {
    const { terms } = this.#page;
    const adopt: ChangeOfRecord = (previous) => adopted(previous, document.cookie, terms, Date.now());
    const known = this.#page.record();
    if (adopt(known) === known) return false;
    await this.#page.change(adopt);
    return true;
  }
}
