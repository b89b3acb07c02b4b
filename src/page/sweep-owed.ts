const OWED = 'cookie-gatekeeper:sweep-owed';

/**
 * Remembers that a sweep has to be made, for when the page that should make it goes before it has. Each debt has an id:
 * a sweep settles what was owed when it began, not what has been decided since.
 */
export const sweepOwed = {
  /** The id of the latest debt; null when nothing is owed. */
  get(): string | null {
    try {
      return localStorage.getItem(OWED);
    } catch {
      return null; // Where the browser blocks site data, services could not store anything either.
    }
  },
  owe(): void {
    try {
      localStorage.setItem(OWED, crypto.randomUUID());
    } catch {
      // As above.
    }
  },
  settle(debt: string | null): void {
    if (debt !== null && sweepOwed.get() === debt) localStorage.removeItem(OWED);
  },
};
