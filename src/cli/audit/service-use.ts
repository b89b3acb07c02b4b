import type { Contact, Pass, StoredCookie, StoredEntry } from './observation';
import type { Description } from './describe-party';

/** A service, and all that was seen of it on the site. */
export interface ServiceUse {
  description: Description;
  contacts: Contact[];
  cookies: StoredCookie[];
  entries: StoredEntry[];
}

/** Whether anything of a service has reached it, or was left by it, in a pass. */
export function wasActiveIn(pass: Pass, { contacts, cookies, entries }: ServiceUse): boolean {
  return wasAskedIn(pass, contacts) || [...cookies, ...entries].some(({ passes }) => passes.includes(pass));
}

/** Whether it was asked for anything that was let out. */
export function wasAskedIn(pass: Pass, contacts: readonly Contact[]): boolean {
  return contacts.some((contact) => contact.pass === pass && !contact.held);
}
