/** A line with the id of the latest debt, and one for each database that a page had open when it was to go. */
const OWED = 'cookie-gatekeeper:sweep-owed';

function lines(): string[] {
  try {
    return localStorage.getItem(OWED)!.split('\n');
  } catch {
    return []; // Nothing; or the browser blocks site data, and services could not store anything either.
  }
}

/** The id of the latest debt: the time when it was made, in milliseconds since the epoch. Null when nothing is owed. */
export function get(): string | null {
  return lines()[0] ?? null;
}

/** The names of databases that pages had open. */
export function held(): string[] {
  return lines().slice(1);
}

/** Deletes these before the page's own scripts open them again: the first thing that a page does. */
export function deleteHeld(): void {
  try {
    held().forEach((name) => indexedDB.deleteDatabase(name));
  } catch {
    // The browser blocks site data by now.
  }
}

/**
 * Remembers that a sweep has to be made, for when the page that should make it goes before it has, and for what services
 * write that run on in open pages. Each debt has an id: a sweep settles what was owed when it began, not what has been
 * decided since.
 */
export function owe(debt = `${Date.now() + Math.random()}`): void {
  try {
    localStorage.setItem(OWED, debt);
  } catch {
    // As above.
  }
}

/** Owes a debt still, or a new one, for databases that pages have open. */
export function hold(names: string[], debt: string | null): void {
  owe([debt ?? Date.now(), ...names].join('\n'));
}

export function settle(): void {
  localStorage.removeItem(OWED);
}
