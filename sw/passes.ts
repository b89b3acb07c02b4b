import type { EpochMs } from '../src/consent/record';
import type { ServiceId } from '../src/gate/terms';

/** Some services are allowed for one page, until the visitor decides anything. */
export interface Pass {
  services: ServiceId[];
  /** Id of the record beside which it was given: any later decision ends it. */
  record: string | undefined;
  /** The page: the URL that is to be opened, by when; once it is, its client's id. */
  opens?: { url: string; until: EpochMs };
  client?: string;
}

/** The page loads again at once; a busy phone takes a moment to ask for it. */
const LOADED_WITHIN_MS = 10_000;

/**
 * The passes after one was given. Those that a later decision has ended go, and those whose page is no more.
 * @param clients ids of the pages that are open
 */
export function givePass(given: Pass, clients: string[], passes: Pass[]): Pass[] {
  return [...passes.filter(({ record, client }) => record === given.record && clients.includes(client!)), given];
}

/** @param url of the page that is to be opened */
export function passOf(services: ServiceId[], url: string, record: string | undefined, now: EpochMs): Pass {
  return { services, record, opens: { url: withoutFragment(url), until: now + LOADED_WITHIN_MS } };
}

/** The pass that waits for a page to be opened, if there is one. */
export function passFor(url: string, passes: Pass[], now: EpochMs): Pass | undefined {
  return passes.find(({ opens }) => opens?.url === withoutFragment(url) && now < opens.until);
}

/** The passes after a page was opened with one of them: it is that page's from now on, and opens nothing more. */
export function usePass(pass: Pass | undefined, client: string, passes: Pass[]): Pass[] {
  return passes.map((other) => (other === pass ? { ...pass, opens: undefined, client } : other));
}

/** The services that a page may use by its passes. */
export function servicesByPass(client: string, record: string | undefined, passes: Pass[]): ServiceId[] {
  return passes.filter((pass) => pass.client === client && pass.record === record).flatMap(({ services }) => services);
}

function withoutFragment(url: string): string {
  return url.replace(/#.*/, '');
}
