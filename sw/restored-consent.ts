import { withLastSeen, type Consent, type ConsentRecord } from '../src/consent/record';
import { readRecordAnd, update } from '../src/consent/store';
import { OneTimeGrants } from './one-time-grants';
import { pause } from './pause';

/** Where the signal is kept that pages have told of: beside the record. */
const SIGNAL = 'globalPrivacyControl';

/** Long enough for a cold disk; a document does not wait longer, and opens closed. What comes later counts. */
const READ_LIMIT_MS = 1_000;
/** Of what a page loads: refused, it may be missing for good, though it was granted. A store that never answers ends it all the same. */
export const PATIENT_LIMIT_MS = 5_000;

/** What the worker keeps in IndexedDB, beside the record. */
interface Kept {
  key: string;
  /** @param stored anything: nobody else looks after what is stored */
  restore(stored: unknown): void;
}

/**
 * The worker's copy of the consent record. An idle worker is killed after about half a minute and
 * starts again without memory, so the copy is restored from IndexedDB before anything is decided from it.
 */
export class RestoredConsent {
  readonly passes = new OneTimeGrants();
  readonly #beside: readonly Kept[];
  #record: ConsentRecord | undefined;
  #toldSignal: unknown;
  #restored = false;
  #reading: Promise<void> | undefined;
  /** When that began, as `performance.now()` has it. */
  #readingSince = 0;

  /** @param beside what else has to be known before anything is decided */
  constructor(beside: readonly Kept[]) {
    this.#beside = beside;
  }

  get isRestored(): boolean {
    return this.#restored;
  }

  /**
   * The consent as of now.
   * @param page id of the client that it is asked for
   */
  of(page: string): Consent {
    const { globalPrivacyControl } = navigator as { globalPrivacyControl?: boolean };
    const now = Date.now();
    // A clock may be set back while the worker lives.
    this.#record = withLastSeen(this.#record, now);
    return {
      restored: this.#restored,
      record: this.#record,
      now,
      globalPrivacyControl: !!(globalPrivacyControl || this.#toldSignal),
      once: this.passes.of(page),
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

  /** The visitor has decided something: restores it, and ends what was allowed once. Returns as `restore`. */
  change(): Promise<boolean> {
    this.passes.end();
    return this.restore();
  }

  /**
   * Forgets the copy and reads what is stored again. Nothing that needs consent is permitted meanwhile.
   * @returns whether it was read: IndexedDB may be unavailable, or too slow
   */
  async restore(): Promise<boolean> {
    void this.#read();
    await this.settled();
    return this.#restored;
  }

  /**
   * Reads again what is stored. The copy counts meanwhile: every document of a page asks for this, and its other requests
   * must not wait for each. Resolves, and never rejects, as `settled`.
   */
  async refreshed(): Promise<void> {
    if (this.#restored) {
      const known = this.#reading;
      const read = await Promise.race([this.#stored(), pause(READ_LIMIT_MS)]).catch(() => {});
      // What has changed meanwhile is read by itself.
      if (this.#reading === known) {
        if (read) [this.#record, this.#toldSignal] = read;
        else void this.#read();
      }
    }
    await this.settled();
  }

  /**
   * Resolves when the record is restored, or when that failed or took too long. Never rejects.
   * @param limit milliseconds, from when the reading began: who comes later to a store that hangs does not wait again
   */
  async settled(limit = READ_LIMIT_MS): Promise<void> {
    if (this.#restored) return;
    let awaited: Promise<void>;
    do {
      awaited = this.#reading ?? this.#read();
      await Promise.race([awaited, pause(this.#readingSince + limit - performance.now())]);
    } while (this.#reading && this.#reading !== awaited);
  }

  #read(): Promise<void> {
    this.#restored = false;
    this.#record = undefined;
    this.#readingSince = performance.now();
    const reading: Promise<void> = this.#stored().then(
      ([record, signal, ...kept]) => {
        if (this.#reading !== reading) return; // A newer reading is under way.
        this.#record = record;
        this.#toldSignal = signal;
        this.#beside.forEach((beside, index) => beside.restore(kept[index]));
        this.#restored = true;
      },
      () => {
        if (this.#reading === reading) this.#reading = undefined; // The next request tries again.
      },
    );
    this.#reading = reading;
    return reading;
  }

  /** All at once: a worker that was stopped is waited for. */
  #stored() {
    return readRecordAnd([SIGNAL, ...this.#beside.map(({ key }) => key)]);
  }
}
