import type { CompiledPolicy } from '../src/compiled-policy/compiled-policy';
import { update } from '../src/consent/store';
import { isLeftOut } from '../src/requests/is-left-out';
import { workerGlobal } from './worker-global';

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

  get isEmpty(): boolean {
    return this.#ids.size === 0;
  }

  /** The worker takes over: pages that the policy leaves out may be open already. */
  async addOpen(policy: CompiledPolicy | undefined): Promise<void> {
    if (!policy?.exclude) return;
    for (const { id, url } of await ownPages()) if (isLeftOut(policy, new URL(url))) this.add(id);
  }

  /**
   * Whether a document or a worker without an address, such as an editor's empty frame, can only be of such a page: no other
   * is open. It is one of them from then on. Nothing else tells whose it is.
   */
  async mustHaveMade(page: string): Promise<boolean> {
    const made = await workerGlobal.clients.get(page);
    // A shared worker may be of a page that was closed.
    if (!made || made.type === 'sharedworker' || !/^(about|blob):/.test(made.url)) return false;
    const pages = await ownPages();
    if (pages.length === 0 || pages.some(({ id }) => !this.has(id))) return false;
    this.add(page);
    return true;
  }

  #change(change: () => void): void {
    change();
    void update(this.key, () => [...this.#ids].slice(-KEPT)).catch(() => {});
  }
}

async function ownPages(): Promise<Client[]> {
  const windows = await workerGlobal.clients.matchAll({ includeUncontrolled: true });
  return windows.filter(({ url }) => url.startsWith(`${location.origin}/`));
}
