import type { Consent, ConsentRecord } from '../src/consent/record';
import { read, readRecord, STORE_LIMIT_MS, update } from '../src/consent/store';
import { givePass, passFor, servicesByPass, usePass, type Pass } from './passes';

/** Where the signal is kept that pages have told of: beside the record. */
const SIGNAL = 'globalPrivacyControl';
/** Where the passes are kept. */
const PASSES = 'passes';

/**
 * The worker's copy of the consent record. An idle worker is killed after about half a minute and
 * starts again without memory, so the copy is restored from IndexedDB before anything is decided from it.
 */
export class RestoredConsent {
  #record: ConsentRecord | undefined;
  #toldSignal: unknown;
  #passes: Pass[] = [];
  #restored = false;
  #reading: Promise<void> | undefined;

  /**
   * The consent as of now.
   * @param client id of the page that it is asked for
   */
  of(client: string): Consent {
    const { globalPrivacyControl } = navigator as { globalPrivacyControl?: boolean };
    return {
      restored: this.#restored,
      record: this.#record,
      now: Date.now(),
      globalPrivacyControl: !!(globalPrivacyControl || this.#toldSignal),
      once: servicesByPass(client, this.#record?.id, this.#passes),
    };
  }

  /**
   * Keeps a Global Privacy Control signal, or that there is none: an extension may give it to pages alone.
   * @throws (rejects) when IndexedDB is unavailable
   */
  async tellSignal(signal: boolean): Promise<void> {
    await update(SIGNAL, () => signal);
    await this.restore();
  }

  /**
   * Gives a pass.
   * @param clients ids of the pages that are open
   * @throws (rejects) when IndexedDB is unavailable
   */
  async givePass(pass: Pass, clients: string[]): Promise<void> {
    await this.#changePasses((passes) => givePass(pass, clients, passes));
  }

  /**
   * Prepares for a page that is opened: what is stored is read again, in case that the page which has changed it went away
   * before it told; and a pass that waits for this page becomes its own. Never rejects.
   * @param client id that the page is going to have
   */
  async openPage(url: string, client: string): Promise<void> {
    await this.refreshed();
    const waiting = (passes: Pass[]) => passFor(url, passes, Date.now());
    if (waiting(this.#passes)) await this.#changePasses((passes) => usePass(waiting(passes), client, passes)).catch(() => {});
  }

  async #changePasses(change: (passes: Pass[]) => Pass[]): Promise<void> {
    await update(PASSES, (passes) => change((passes as Pass[] | undefined) ?? []));
    await this.restore();
  }

  /**
   * Forgets the copy and reads what is stored again. Nothing that needs consent is permitted meanwhile.
   * @returns whether it was read: IndexedDB may be unavailable, or too slow
   */
  async restore(): Promise<boolean> {
    this.#read();
    await this.settled();
    return this.#restored;
  }

  /** Reads again what is stored, unless that is under way or has failed. Resolves, and never rejects, as `settled`. */
  async refreshed(): Promise<void> {
    if (this.#restored) this.#read();
    await this.settled();
  }

  /** Resolves when the record is restored, or when that failed or took too long. Never rejects. */
  async settled(): Promise<void> {
    if (this.#restored) return;
    let awaited: Promise<void>;
    do await (awaited = this.#reading ?? this.#read());
    while (this.#reading && this.#reading !== awaited);
  }

  #read(): Promise<void> {
    this.#restored = false;
    this.#record = undefined;
    const stored = Promise.all([readRecord(), read(SIGNAL), read(PASSES)]).then(
      ([record, signal, passes]) => {
        if (this.#reading !== reading) return; // A newer reading is under way.
        this.#record = record;
        this.#toldSignal = signal;
        this.#passes = (passes as Pass[] | undefined) ?? [];
        this.#restored = true;
      },
      () => {
        if (this.#reading === reading) this.#reading = undefined; // The next request tries again.
      },
    );
    const reading = Promise.race([stored, new Promise<void>((resolve) => setTimeout(resolve, STORE_LIMIT_MS))]);
    this.#reading = reading;
    return reading;
  }
}
