import { ACCESSES, LOCKS, MODES, SIGNALS, UNDECLARED, WALLS } from './literals';
import type { Policy, PolicyInput, Service, Text } from '../policy/schema';

export type ServiceId = string;

/** What consent a service needs: none; none, but the visitor may object; or the visitor's yes. */
export type ConsentRequirement = 'necessary' | 'exempt' | 'consent';

export interface CompiledService {
  id: ServiceId;
  /** What others call it in the mirror. */
  aliases?: string[];
  /** What visitors know it as. */
  name: Text;
  purpose: string;
  need: ConsentRequirement;
  /** The revision in which it last changed. */
  since?: string;
  /** Its requests are sent without cookies, and without a referrer unless `namesSite`. */
  withoutCredentials: boolean;
  /** Without cookies, but with the site's origin as referrer. */
  namesSite?: boolean;
  /** CSP host-sources, as the policy writes them; paths of the site itself start with `/`. */
  origins: string[];
  /** Its cookies; names are patterns. `path` where it is not set for the whole site. */
  cookies: { name: string; path?: string }[];
  /** Patterns of its storage entries' names. */
  storage: string[];
}

/**
 * What page, worker and server need of a policy: who may be permitted, and on what terms. Plain JSON, made when a
 * site is built, so that browsers neither load nor work out what nobody asks them.
 */
export interface CompiledPolicy {
  revision: string;
  /**
   * The same for policies that permit the same, and another for others: page, worker, server and lock tell by it whether they
   * are of one policy.
   */
  fingerprint: string;
  wall: Policy['wall'];
  /**
   * Nothing is refused, and what would have been is listed (`"mode": "report"`). Documents stay as they are then, so `wall` is
   * `off` and `undeclared` is `report`, whatever the policy has for when it is in force.
   */
  reportOnly?: true;
  /** How the site sends the lock. */
  lock: Policy['lock'];
  /** Paths of the site that are left alone; one that ends in `/` stands for everything below it. */
  exclude?: readonly string[];
  undeclared: Policy['undeclared'];
  /** Calendar months that a decision is kept. */
  months: number;
  /** Name of the mirror cookie. */
  cookie: string;
  /** The domain whose hosts share the mirror; the page's own host without it. */
  cookieDomain?: string;
  /** Whether a choice that somebody else wrote into the mirror counts. */
  adoptsMirror: boolean;
  /** Path of the site that receipts are posted to, if any. */
  receipts?: string;
  /** Path of the site that pages tell of what was refused, or would have been, if any. */
  reports?: string;
  /** Share of the pages that do so; all of them, without it. */
  reportSampleRate?: number;
  /** What a Global Privacy Control signal does: `refuse` exempt services; `answer` for the visitor, about all services; nothing. */
  globalPrivacyControl: Policy['consent']['globalPrivacyControl'];
  services: CompiledService[];
}

/**
 * Compiles a policy.
 * @throws {Error} when it has no services, or an option that there is not: in a JSON module, TypeScript sees any text.
 * Policies are validated when a site is built; this catches one that was edited or truncated since, or never built.
 */
export function compilePolicy(policy: PolicyInput): CompiledPolicy {
  if (!Array.isArray(policy?.services))
    throw new Error('cookie-gatekeeper: the policy has no list of services. Build it again.');
  const { revision, mode = 'enforce', lock = 'header', exclude, consent, receipts, reports, reportSampleRate } = policy;
  const reportOnly = oneOf(MODES, mode, 'mode') === 'report' || undefined;
  const { wall, undeclared } = whatHolds(policy);
  const { months = 6, globalPrivacyControl = 'refuse', cookie = {} } = consent ?? {};
  const { name = 'cookies_preferences', domain, adopt } = cookie;
  const services = (policy.services as readonly Service[]).map(compileService);
  const permitted = services.map(({ id, need, since, withoutCredentials, namesSite, origins }) => [
    id,
    need,
    since,
    withoutCredentials,
    namesSite,
    origins,
  ]);
  return {
    revision,
    fingerprint: fingerprintOf([revision, wall, undeclared, months, permitted, ...(reportOnly ? [mode] : [])]),
    wall,
    reportOnly,
    lock: oneOf(LOCKS, lock, 'lock'),
    exclude,
    undeclared,
    months,
    cookie: name,
    cookieDomain: domain,
    adoptsMirror: !!(adopt || domain),
    receipts,
    reports,
    reportSampleRate,
    globalPrivacyControl: oneOf(SIGNALS, globalPrivacyControl, 'globalPrivacyControl'),
    services,
  };
}

/** What a policy has its documents, and undeclared origins, held by. Under `"mode": "report"`, nothing is. */
function whatHolds({
  mode,
  wall = 'strict',
  undeclared = 'refuse',
}: PolicyInput): Pick<CompiledPolicy, 'wall' | 'undeclared'> {
  const written = { wall: oneOf(WALLS, wall, 'wall'), undeclared: oneOf(UNDECLARED, undeclared, 'undeclared') };
  return mode === 'report' ? { wall: 'off', undeclared: 'report' } : written;
}

/** FNV-1a, which tells apart what was not made to deceive. */
function fingerprintOf(value: unknown): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(JSON.stringify(value))) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(36);
}

/** @throws {Error} for another word: in doubt, the policy is broken, and permits nothing */
function oneOf<T extends string>(known: readonly T[], word: string, where: string): T {
  const found = known.find((one) => one === word);
  if (!found)
    throw new Error(
      `cookie-gatekeeper: the policy has ${where}: "${word}". Write one of ${known.join(', ')}, and build it again.`,
    );
  return found;
}

/**
 * The policy, as it was built.
 * @throws {Error} when they were edited or truncated since
 */
export function assertCompiledPolicy(policy: CompiledPolicy): CompiledPolicy {
  if (!policy.services.every(({ origins }) => Array.isArray(origins)))
    throw new Error('cookie-gatekeeper: the policy has no list of services. Build it again.');
  return policy;
}

function compileService(service: Service): CompiledService {
  const {
    id,
    aliases,
    provider,
    name = provider,
    purpose,
    since,
    access = 'full',
    origins = [],
    cookies = [],
    storage = [],
  } = service;
  if (![origins, cookies, storage].every(Array.isArray))
    throw new Error(
      `cookie-gatekeeper: the policy has services: ${id}: origins, cookies or storage that are no lists. Build it again.`,
    );
  return {
    id,
    aliases,
    name,
    purpose,
    need: consentRequirementOf(service),
    since,
    withoutCredentials: oneOf(ACCESSES, access, `services: ${id}: access`) !== 'full',
    namesSite: access === 'origin-only' || undefined,
    origins,
    // The rest is the policy page's to tell.
    cookies: cookies.map(({ name, path }) => ({ name, path })),
    storage,
  };
}

export function consentRequirementOf({ purpose, anonymised }: Service): ConsentRequirement {
  if (purpose === 'necessary') return 'necessary';
  return anonymised ? 'exempt' : 'consent';
}

/** The service with an id, if the policy has one. */
export function serviceOf(
  { services }: Pick<CompiledPolicy, 'services'>,
  id: ServiceId | undefined,
): CompiledService | undefined {
  return services.find((service) => service.id === id);
}
