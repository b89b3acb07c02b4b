import { matchesPattern } from '../../sweep/matches-pattern';
import type { PolicyInput } from '../../policy/schema';
import type { PartyDescriber, WrittenService } from './describe-party';
import type { EarlierPolicy } from './earlier-policy';
import { SITE_ID } from './group-by-service';
import { MIRROR_NAME } from './own-names';
import type { ServiceUse } from './service-use';
import { hasCookie, originsOf, writeService } from './write-service';

/** A policy as JSON that a person goes on writing. */
export type WrittenPolicy = PolicyInput & { services: WrittenService[] };

/** What an audit changes in a policy that was there before; nothing, where none was. */
export interface PolicyChanges {
  /** Ids of services that it did not have. */
  added: string[];
  /** What was added to services that it had: `youtube: https://i.ytimg.com`. */
  extended: string[];
  /** Ids of services of which nothing was seen. */
  gone: string[];
}

interface Context {
  describer: PartyDescriber;
  origins: readonly string[];
  earlier?: EarlierPolicy;
}

/** Where a policy beside `node_modules` has its schema. */
export const SCHEMA = './node_modules/cookie-gatekeeper/dist/policy.schema.json';

/** The cookie by which cookie-gatekeeper itself shows what was chosen. */
export const MIRROR = {
  name: MIRROR_NAME,
  purpose: { en: 'To remember your choices about cookies', fr: 'Se souvenir de vos choix sur les cookies' },
  lifetime: { en: '6 months', fr: '6 mois' },
};

/**
 * A policy with all that was seen. What a person has written in an earlier one stays as it is, in its order; what is new is
 * put after it.
 */
export function proposePolicy(
  uses: readonly ServiceUse[],
  context: Context,
): { policy: WrittenPolicy; changes: PolicyChanges } {
  const services = uses
    .map((use) => writeService(use, context))
    .filter(usesAnything)
    .map((service) => (service.id === SITE_ID ? { ...service, ...reviewOfSite(service, context) } : service));
  if (context.earlier) return merge(services, uses, context, context.earlier);
  const site = services.find(({ id }) => id === SITE_ID) ?? {
    id: SITE_ID,
    provider: new URL(context.origins[0]!).hostname,
    purpose: 'necessary',
  };
  const cookies = [...(site.cookies ?? []).filter(({ name }) => name !== MIRROR.name), MIRROR];
  const others = services.filter(({ id }) => id !== SITE_ID);
  return {
    policy: {
      $schema: SCHEMA,
      revision: new Date().toISOString().slice(0, 10),
      services: [{ ...site, cookies }, ...others],
    },
    changes: { added: [], extended: [], gone: [] },
  };
}

function usesAnything({ origins, cookies, storage }: WrittenService): boolean {
  return !!(origins ?? cookies ?? storage);
}

/** Cookies and entries of storage that nobody knows are taken for the site's own, or a log-in could end with a refusal. */
function reviewOfSite(
  { cookies = [], origins = [], storage = [] }: Pick<WrittenService, 'cookies' | 'origins' | 'storage'>,
  { describer }: Context,
): { review?: string } {
  const unknown = cookies.filter(({ purpose }) => purpose === undefined).map(({ name }) => name);
  const hosts = origins.length > 0 ? `See that ${origins.join(', ')} serve nothing but the site. ` : '';
  const names =
    unknown.length > 0
      ? `What ${unknown.join(', ')} ${unknown.length === 1 ? 'is' : 'are'} for is not known: write it, and move what the site works without to a service that visitors decide about. `
      : '';
  const found = cookies.filter(({ name, purpose }) => purpose !== undefined && !describer.cookieNamed(name));
  const entries = storage.length > 0 ? `See that the site needs what it stores under ${storage.join(', ')}. ` : '';
  const texts =
    found.length > 0
      ? `What is said of ${found.map(({ name }) => name).join(', ')} is the Open Cookie Database’s: see that it is so on this site.`
      : '';
  const review = (hosts + names + entries + texts).trim();
  return review ? { review } : {};
}

function merge(
  found: readonly WrittenService[],
  uses: readonly ServiceUse[],
  context: Context,
  earlier: EarlierPolicy,
): { policy: WrittenPolicy; changes: PolicyChanges } {
  const changes: PolicyChanges = { added: [], extended: [], gone: [] };
  const services = earlier.services.map((service) => {
    const use = uses.find(({ description }) => description.id === service.id);
    if (!use || !found.some(({ id }) => id === service.id)) {
      changes.gone.push(service.id);
      return service;
    }
    const extended = extend(service, newStock(service, use, context), newOrigins(use, context, earlier), context);
    for (const what of extended.what) changes.extended.push(`${service.id}: ${what}`);
    return extended.service;
  });
  const added = found.filter(({ id }) => !earlier.service(id));
  changes.added.push(...added.map(({ id }) => id));
  return { policy: { ...earlier.policy, services: [...services, ...added] }, changes };
}

/** What was asked of a service that none of its origins matches yet. */
function newOrigins(use: ServiceUse, context: Context, earlier: EarlierPolicy): string[] {
  const contacts = use.contacts.filter(({ url }) => !earlier.declares(new URL(url), use.description.id));
  return originsOf({ ...use, contacts }, context);
}

/** The cookies and entries of storage of a service that none of its names stands for yet. */
function newStock(service: WrittenService, use: ServiceUse, context: Context): WrittenService {
  const cookies = use.cookies.filter(({ name }) => !hasCookie(service, name));
  const entries = use.entries.filter(({ name }) => !matchesPattern(name, service.storage ?? []));
  return writeService({ ...use, cookies, entries }, context);
}

function extend(
  service: WrittenService,
  again: WrittenService,
  origins: readonly string[],
  context: Context,
): { service: WrittenService; what: string[] } {
  const cookies = (again.cookies ?? []).filter(({ name }) => !hasCookie(service, name));
  const storage = (again.storage ?? []).filter((name) => !service.storage?.includes(name));
  const { review } = service.id === SITE_ID ? reviewOfSite({ cookies, origins: [...origins], storage }, context) : {};
  return {
    service: {
      ...service,
      ...(origins.length > 0 && { origins: [...(service.origins ?? []), ...origins] }),
      ...(cookies.length > 0 && { cookies: [...(service.cookies ?? []), ...cookies] }),
      ...(storage.length > 0 && { storage: [...(service.storage ?? []), ...storage] }),
      ...(review && { review: [service.review, review].filter(Boolean).join(' ') }),
    },
    what: [...origins, ...cookies.map(({ name }) => `cookie ${name}`), ...storage.map((name) => `storage ${name}`)],
  };
}
