import type { ServiceId } from '../compiled-policy/compiled-policy';
import type { PolicyInput } from '../policy/schema';
import { checkServices, followConsent, type ConsentSource } from './permitted';

const SIGNALS = [
  'ad_storage',
  'ad_user_data',
  'ad_personalization',
  'analytics_storage',
  'functionality_storage',
  'personalization_storage',
  'security_storage',
] as const;

/** What Google's tags ask consent for. */
export type GoogleSignal = (typeof SIGNALS)[number];

type SignalStates = Record<GoogleSignal, 'granted' | 'denied'>;

export interface GoogleConsentModeOptions {
  /**
   * Which services each signal stands for: their ids, or the purpose of all of them. A signal is granted when all
   * of its services are permitted; one that is left out never is.
   */
  signals: Partial<Record<GoogleSignal, ServiceId | ServiceId[] | { purpose: string }>>;
  /** The site's policy: needed where a signal names a purpose. */
  policy?: Pick<PolicyInput, 'services'>;
  /** Milliseconds that Google's tags wait for the stored consent to be read. */
  waitForUpdate?: number;
}

/** `gtag`'s own queue, in the page's window. */
interface GoogleWindow {
  dataLayer?: unknown[];
  google_tag_manager?: unknown;
}

/** The gatekeeper reads the stored consent within a second, or permits nothing. */
const WAIT_FOR_UPDATE_MS = 1000;

/**
 * Tells Google's tags (gtag.js, Tag Manager) what the visitor permits, in Consent Mode v2: everything is denied by
 * default, before any command that the page has queued; then each decision is an update.
 *
 * It only tells. Google's origins have to be in the policy, or the gate refuses them whatever is told here.
 *
 * @returns a function that ends this; what was told last stays in force
 * @throws {TypeError} for signals, services and purposes that there are not; all stays denied then
 * @see https://developers.google.com/tag-platform/security/guides/consent
 */
export function connectGoogleConsentMode(
  gatekeeper: ConsentSource,
  { signals, policy, waitForUpdate = WAIT_FOR_UPDATE_MS }: GoogleConsentModeOptions,
): () => void {
  let told = stateOf(() => false);
  tellDefault({ ...told, wait_for_update: waitForUpdate });

  const mapped = Object.entries(signals).filter(([, services]) => services !== undefined);
  const services = new Map(mapped.map(([signal, names]) => [signal, servicesOf(signal, names, policy)]));
  for (const [signal, ids] of services) checkServices(gatekeeper, `signals.${signal}`, ids);

  return followConsent(gatekeeper, () => {
    const next = stateOf((signal) => !!services.get(signal)?.every((id) => gatekeeper.allows(id)));
    const isNews = SIGNALS.some((signal) => next[signal] !== told[signal]);
    told = next;
    // Who has not decided yet has nothing to update.
    if (isNews || gatekeeper.consent.state === 'decided') queue().push(command('consent', 'update', next));
  });
}

function servicesOf(
  signal: string,
  names: ServiceId | ServiceId[] | { purpose: string },
  policy: GoogleConsentModeOptions['policy'],
): ServiceId[] {
  if (!SIGNALS.includes(signal as GoogleSignal))
    throw new TypeError(`cookie-gatekeeper: Google has no signal "${signal}". It has ${SIGNALS.join(', ')}.`);
  if (typeof names === 'string') return [names];
  if (Array.isArray(names)) return names;
  const { purpose } = names;
  if (!policy)
    throw new TypeError(
      `cookie-gatekeeper: signals.${signal} names the purpose "${purpose}", so the option "policy" is needed too.`,
    );
  const ids = policy.services.filter((service) => service.purpose === purpose).map(({ id }) => id);
  if (ids.length > 0) return ids;
  const purposes = [...new Set(policy.services.map((service) => service.purpose))];
  throw new TypeError(
    `cookie-gatekeeper: signals.${signal}: no service of the policy has the purpose "${purpose}". There are ${purposes.join(', ')}.`,
  );
}

function stateOf(isGranted: (signal: GoogleSignal) => boolean): SignalStates {
  return Object.fromEntries(
    SIGNALS.map((signal) => [signal, isGranted(signal) ? 'granted' : 'denied']),
  ) as SignalStates;
}

/** The default counts for the commands behind it only. A queue that Google has taken over can be added to, no more. */
function tellDefault(state: object): void {
  const isTaken = (window as GoogleWindow).google_tag_manager !== undefined;
  queue()[isTaken ? 'push' : 'unshift'](command('consent', 'default', state));
}

function queue(): unknown[] {
  const page = window as GoogleWindow;
  page.dataLayer ??= [];
  return page.dataLayer;
}

/** Google's tags take a function's `arguments` for a command, and nothing else. */
function command(..._command: unknown[]): IArguments {
  return arguments;
}
