import { update } from '../src/consent/store';

/** More than anybody has open at once. */
const KEPT = 100;

/**
 * The pages, by their clients' ids, that are not the site's own: what they ask for is left alone. Kept beside the
 * record, since a worker that was stopped has forgotten them.
 */
export class UnguardedPages {
  readonly key = 'unguarded';
  readonly #ids = new Set<string>();

  has(page: string): boolean {
    return this.#ids.has(page);
  }

  add(page: string): void {
    if (page) this.#change(() => this.#ids.add(page));
  }

  /**
   * A page that has our script is guarded after all.
   * @returns whether it was among them
   */
  delete(page = ''): boolean {
    const isKnown = this.has(page);
    if (isKnown) this.#change(() => this.#ids.delete(page));
    return isKnown;
  }

  restore(stored: unknown): void {
    if (Array.isArray(stored)) stored.forEach((id) => this.#ids.add(id as string));
  }

  #change(change: () => void): void {
    change();
    void update(this.key, () => [...this.#ids].slice(-KEPT)).catch(() => {});
  }
}
