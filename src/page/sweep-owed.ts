const OWED = 'cookie-gatekeeper:sweep-owed';

/** Remembers that a sweep has to be made, for when the page that should make it goes before it has. */
export const sweepOwed = {
  get(): boolean {
    try {
      return localStorage.getItem(OWED) !== null;
    } catch {
      return false; // Where the browser blocks site data, services could not store anything either.
    }
  },
  set(owed: boolean): void {
    try {
      if (owed) localStorage.setItem(OWED, '');
      else localStorage.removeItem(OWED);
    } catch {
      // As above.
    }
  },
};
