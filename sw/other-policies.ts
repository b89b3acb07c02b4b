import { update } from '../src/consent/store';
import { fingerprintIn, originsOf } from '../src/csp/document-csp';
import { serviceOf, type CompiledPolicy, type ServiceId } from '../src/compiled-policy/compiled-policy';
import { workerGlobal } from './worker-global';

/** More pages than anybody has open at once. */
const KEPT_LOCKS = 100;

/** As it is stored. */
interface Kept {
  older: string[];
  locks: [page: string, lock: string][];
}

/**
 * The locks of other policies than this worker's. Where the site has a newer policy, its documents come with that one's
 * lock before the browser has the worker for it, and this worker must not open what that policy closes. Where a lock was
 * left behind when the policy changed, this worker knows better: it is the newest that the site has. Kept beside the record, since a
 * worker that was stopped has forgotten it.
 */
export class OtherPolicies {
  readonly key = 'other-policies';
  readonly #fingerprint: string | undefined;
  /** The fingerprints of policies that are older than this worker's, each behind its own. */
  readonly #older = new Set<string>();
  /** By the ids of the clients whose documents have them. */
  readonly #lockOf = new Map<string, string>();

  /** @param fingerprint of this worker's policy */
  constructor(fingerprint: string | undefined) {
    this.#fingerprint = fingerprint;
  }

  /** Whether a lock, or a wall, may be the one of a newer policy. */
  mayBeNewer(lock: string): boolean {
    const fingerprint = fingerprintIn(lock);
    return fingerprint !== this.#fingerprint && !this.#older.has(this.#pair(fingerprint));
  }

  /** @param page id of a client whose document keeps a lock of another policy */
  note(page: string, lock: string): void {
    this.#lockOf.set(page, lock);
    void this.#keep();
  }

  /**
   * Whether a page is closed to a service by the lock of another policy.
   * @param page undefined where nothing tells whose a request is: it may be any page's
   */
  closes(page: string | undefined, id: ServiceId, policy: CompiledPolicy): boolean {
    const service = serviceOf(policy, id);
    if (!service) return false;
    const locks = page !== undefined ? [this.#lockOf.get(page) ?? ''] : [...this.#lockOf.values()];
    return locks.some((lock) => lock && this.mayBeNewer(lock) && !permitsAll(lock, originsOf([service])));
  }

  /**
   * Finds out, once a page is there that this worker controls, which is newer: its lock or this worker. In the second case
   * the page opens when it is loaded again.
   * @param fingerprint of the policy of the page's script: only a lock that was left behind comes with a script of this worker's
   */
  async compareWith(page: string, fingerprint: string): Promise<void> {
    const lock = this.#lockOf.get(page);
    if (lock === undefined || fingerprint !== this.#fingerprint) return;
    try {
      // Resolves when the script was compared with what the site has now.
      const { installing, waiting } = await workerGlobal.registration.update();
      if (installing || waiting || workerGlobal.serviceWorker?.state === 'redundant') return;
    } catch {
      return; // In doubt, it is closed.
    }
    this.#older.add(this.#pair(fingerprintIn(lock)));
    this.#lockOf.delete(page);
    await this.#keep();
  }

  get kept(): Kept {
    return { older: [...this.#older], locks: [...this.#lockOf].slice(-KEPT_LOCKS) };
  }

  restore(stored: unknown): void {
    const { older = [], locks = [] } = (stored ?? {}) as Partial<Kept>;
    for (const pair of older) if (pair.startsWith(this.#pair(''))) this.#older.add(pair);
    for (const [page, lock] of locks) this.#lockOf.set(page, lock);
  }

  async #keep(): Promise<void> {
    await update(this.key, () => this.kept).catch(() => {});
  }

  #pair(older = 'none'): string {
    return `${this.#fingerprint}>${older}`;
  }
}

function permitsAll(lock: string, origins: readonly string[]): boolean {
  const sources = lock.split(/[ ;]+/);
  return origins.every((origin) => sources.includes(origin));
}
