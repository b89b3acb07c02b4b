import { builtIn } from '../dom/built-in';
import type { ServiceId } from '../compiled-policy/compiled-policy';
import { checkServices, followConsent, type ConsentSource } from './permitted';

export interface MatomoOptions {
  /** Matomo's id in the policy. */
  service: ServiceId;
  /**
   * - `tracking`: without consent, Matomo sends nothing
   * - `cookies`: without consent, Matomo sends, but sets no cookies. The gate has to let it: the policy declares
   *   Matomo's origin by another service, that is permitted without it
   */
  consent?: 'tracking' | 'cookies';
}

type Command = [method: string];

/** Matomo's queue: a list, until its script has run and puts its own object there. */
interface MatomoWindow {
  _paq?: Command[] | { push(command: Command): void };
}

const METHODS = {
  tracking: { require: 'requireConsent', give: 'setConsentGiven', forget: 'forgetConsentGiven', cookie: 'mtm_consent' },
  cookies: {
    require: 'requireCookieConsent',
    give: 'setCookieConsentGiven',
    forget: 'forgetCookieConsentGiven',
    cookie: 'mtm_cookie_consent',
  },
};

/**
 * Tells Matomo what the visitor permits. Call it on every page, before Matomo's own code.
 *
 * The gatekeeper remembers the consent, so Matomo is told on every page (`setConsentGiven`) and never asked to
 * remember it (`rememberConsentGiven`). What Matomo remembers from an earlier consent manager is forgotten, unless
 * the visitor permits it now.
 *
 * @returns a function that ends this; what was told last stays in force
 * @throws {TypeError} when the policy has no such service; consent is required then, and never given
 * @see https://developer.matomo.org/guides/tracking-consent
 */
export function connectMatomo(gatekeeper: ConsentSource, { service, consent = 'tracking' }: MatomoOptions): () => void {
  const { require, give, forget, cookie } = METHODS[consent];
  const page = window as MatomoWindow;
  page._paq ??= [];
  const required: Command = [require];
  if (Array.isArray(page._paq)) page._paq.unshift(required);
  else page._paq.push(required);
  checkServices(gatekeeper, 'service', [service]);

  let told: Command | undefined;
  const tell = (method: string) => {
    const queue = page._paq!;
    // Matomo runs some commands of its list before others, so only the last word may stand there.
    if (Array.isArray(queue) && told) queue.splice(queue.indexOf(told), 1);
    told = [method];
    queue.push(told);
  };
  return followConsent(gatekeeper, () => {
    const isGiven = told?.[0] === give;
    if (gatekeeper.allows(service)) {
      if (!isGiven) tell(give);
    } else if (isGiven || (!told && hasCookie(cookie))) {
      tell(forget);
    }
  });
}

function hasCookie(name: string): boolean {
  return builtIn(document)
    .cookie.split('; ')
    .some((cookie) => cookie.startsWith(`${name}=`));
}
