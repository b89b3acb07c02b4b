import type { Cookie } from 'puppeteer';
import { isShortened } from './lifetime-text';
import type { Pass, StoredCookie, StoredEntry, Writer } from './observation';

const DAY_S = 24 * 60 * 60;

/** What was stored at one moment, and who had set it. */
interface Stock {
  cookies: readonly Cookie[];
  entries: readonly Pick<StoredEntry, 'area' | 'name'>[];
  writers: readonly Writer[];
}

/** Every cookie and entry of storage that was ever there, with the passes in which it was. */
export class Inventory {
  readonly #cookies = new Map<string, StoredCookie>();
  readonly #entries = new Map<string, StoredEntry>();
  readonly #writers = new Map<string, string>();
  /** The longest that was said of cookies of a name. */
  readonly #declared = new Map<string, number>();

  add(pass: Pass, { cookies, entries, writers }: Stock): void {
    for (const { name, by, days = 0 } of writers) {
      if (!this.#writers.has(name)) this.#writers.set(name, by);
      this.#declared.set(name, Math.max(days, this.#declared.get(name) ?? 0));
    }
    for (const cookie of cookies) this.#addCookie(pass, cookie);
    for (const { area, name } of entries) {
      const known = this.#entries.get(`${area} ${name}`);
      if (known) addPass(known.passes, pass);
      else this.#entries.set(`${area} ${name}`, { area, name, passes: [pass], setBy: this.#writers.get(name) });
    }
  }

  get cookies(): StoredCookie[] {
    return [...this.#cookies.values()];
  }

  get storage(): StoredEntry[] {
    return [...this.#entries.values()];
  }

  #addCookie(pass: Pass, { name, domain, path, httpOnly = false, session, expires }: Cookie): void {
    const kept = session || expires <= 0 ? undefined : (expires - Date.now() / 1000) / DAY_S;
    const days = kept && isShortened(kept) ? Math.max(kept, this.#declared.get(name) ?? 0) : kept;
    const key = `${name} ${domain} ${path}`;
    const known = this.#cookies.get(key);
    if (!known) {
      const setBy = this.#writers.get(name);
      this.#cookies.set(key, { name, domain, path, httpOnly, days, passes: [pass], setBy });
      return;
    }
    addPass(known.passes, pass);
    // It was renewed, or seen a little later: the longest counts.
    if (days !== undefined) known.days = Math.max(days, known.days ?? 0);
  }
}

function addPass(passes: Pass[], pass: Pass): void {
  if (!passes.includes(pass)) passes.push(pass);
}
