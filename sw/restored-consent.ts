import type { Consent, ConsentRecord } from '../src/consent/record';
import { readRecord, STORE_LIMIT_MS } from '../src/consent/store';

/**
 * The worker's copy of the consent record. An idle worker is killed after about half a minute and starts
 * again without memory, so the copy is restored from IndexedDB before anything is decided from it.
 */
export class RestoredConsent {
  #record: ConsentRecord | undefined;
  #restored = false;
  #reading: Promise<void> | undefined;
  #deadline = 0;

  /** The consent as of now. */
  get current(): Consent {
    const { globalPrivacyControl = false } = navigator as { globalPrivacyControl?: boolean };
    return { restored: this.#restored, record: this.#record, now: Date.now(), globalPrivacyControl };
  }

  /**
   * Forgets the copy and reads the stored record again. Nothing that needs consent is permitted meanwhile.
   * @returns whether it was read: IndexedDB may be unavailable, or too slow
   */
  async restore(): Promise<boolean> {
    this.#read();
    await this.settled();
    return this.#restored;
  }

  /** Resolves when the record is restored, or when that failed or took too long. Never rejects. */
  async settled(): Promise<void> {
    if (this.#restored) return;
    let awaited: Promise<void>;
    do {
      awaited = this.#reading ?? this.#read();
      const limit = new Promise<void>((resolve) => setTimeout(resolve, this.#deadline - Date.now()));
      await Promise.race([awaited, limit]);
    } while (this.#reading && this.#reading !== awaited);
  }

  #read(): Promise<void> {
    this.#restored = false;
    this.#record = undefined;
    this.#deadline = Date.now() + STORE_LIMIT_MS;
    const reading: Promise<void> = readRecord().then(
      (record) => {
        if (this.#reading !== reading) return; // A newer reading is under way.
        this.#record = record;
        this.#restored = true;
      },
      () => {
        if (this.#reading === reading) this.#reading = undefined; // The next request tries again.
      },
    );
    this.#reading = reading;
    return reading;
  }
}
