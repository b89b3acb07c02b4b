import { matchesPattern } from '../../sweep/matches-pattern';
import { slug, type Description, type PartyDescriber, type WrittenService } from './describe-party';
import type { EarlierPolicy } from './earlier-policy';
import { isAnybodys, type KnownCookie } from './known-parties';
import type { Contact, Observation, StoredCookie, StoredEntry } from './observation';
import { isOurs, MIRROR_NAME } from './own-names';
import type { ServiceUse } from './service-use';
import { ownerOf } from './site-hosts';

/** The site itself, as a service: its other hosts, and its own cookies. */
export const SITE_ID = 'site';

interface Seen {
  observation: Observation;
  describer: PartyDescriber;
  earlier?: EarlierPolicy;
  /** Who a host's name leads to (CNAME), where that is somebody else. */
  aliases: ReadonlyMap<string, string>;
}

interface Groups extends Seen {
  /** All that was asked of each host. */
  paths: ReadonlyMap<string, readonly string[]>;
  /** Who was asked for anything. */
  asked: readonly Description[];
}

const NO_TRACKER = /^(functional|security|necessary|personalization)$/;

/** Puts everything that was seen on a site to the service that it belongs to, in the order in which it was seen. */
export function groupByService(seen: Seen): ServiceUse[] {
  const { observation } = seen;
  const paths = pathsByHost(observation.contacts);
  const uses = new Map<string, ServiceUse>();
  const useOf = (description: Description): ServiceUse => {
    const known = uses.get(description.id);
    if (known) return known;
    const use = { description, contacts: [], cookies: [], entries: [] };
    uses.set(description.id, use);
    return use;
  };
  for (const contact of observation.contacts) {
    const description = describeContact(contact, { ...seen, paths, asked: [] });
    if (description) useOf(description).contacts.push(contact);
  }
  const groups = { ...seen, paths, asked: [...uses.values()].map(({ description }) => description) };
  for (const cookie of observation.cookies) useOf(describeCookie(cookie, groups)).cookies.push(cookie);
  for (const entry of observation.storage) useOf(describeEntry(entry, groups)).entries.push(entry);
  return [...uses.values()];
}

function pathsByHost(contacts: readonly Contact[]): Map<string, string[]> {
  const paths = new Map<string, string[]>();
  for (const { url } of contacts) {
    const { host, pathname } = new URL(url);
    paths.set(host, [...(paths.get(host) ?? []), pathname]);
  }
  return paths;
}

/** @returns undefined for the site's own pages and files */
function describeContact({ url }: Contact, groups: Groups): Description | undefined {
  const address = new URL(url);
  const { describer, aliases, observation } = groups;
  const paths = groups.paths.get(address.host) ?? [];
  const declared = describeEarlier(address, groups);
  if (declared) return declared;
  const owner = ownerOf(address, observation.origins);
  if (owner === 'somebody-else') return describer.describe(address, paths);
  const tracker = describer.describeOwn(address, paths);
  if (tracker) return { ...tracker, wildcard: undefined };
  const alias = aliases.get(address.hostname);
  if (alias) {
    const behind = describer.describe(new URL(`https://${alias}/`));
    const review = `${address.hostname} is a name for ${alias}: a host of somebody else, under the site’s own domain. ${behind.review ?? ''}`;
    return { ...behind, wildcard: undefined, review: review.trim() };
  }
  return owner === 'own-host' ? describeSite(groups) : undefined;
}

function describeEarlier(address: URL, { earlier }: Groups): Description | undefined {
  const service = earlier?.serviceOf(address);
  return service && describeWritten(service);
}

function describeWritten({ id, provider, name, purpose }: WrittenService): Description {
  return { id, provider, name, purpose };
}

function describeSite({ observation, earlier }: Groups): Description {
  const own = earlier?.service(SITE_ID);
  if (own) return describeWritten(own);
  return { id: SITE_ID, provider: new URL(observation.origins[0]!).hostname, purpose: 'necessary' };
}

function describeCookie(cookie: StoredCookie, groups: Groups): Description {
  const written = groups.earlier?.services.find(({ cookies = [] }) =>
    cookies.some(({ name }) => matchesPattern(cookie.name, [name])),
  );
  if (written) return describeWritten(written);
  const { observation, describer } = groups;
  const domain = new URL(`https://${cookie.domain.replace(/^\./, '')}/`);
  if (isSomebodyElses(domain, observation)) {
    const contact = observation.contacts.find(({ url }) => isBelow(new URL(url).hostname, domain.hostname));
    return (contact && describeContact(contact, groups)) ?? describer.describe(domain);
  }
  return describeWriter(cookie.setBy, groups) ?? describeName(cookie, groups) ?? describeSite(groups);
}

function isBelow(hostname: string, domain: string): boolean {
  return hostname === domain || hostname.endsWith(`.${domain}`);
}

/** Cookies are shared between ports: only another host is somebody else. */
function isSomebodyElses(domain: URL, { origins }: Observation): boolean {
  const withoutPorts = origins.map((origin) => `https://${new URL(origin).hostname}`);
  return ownerOf(domain, withoutPorts) === 'somebody-else';
}

/** By the script or the answer that has set it. */
function describeWriter(by: string | undefined, groups: Groups): Description | undefined {
  if (!by || !URL.canParse(by)) return undefined;
  const description = describeContact({ url: by } as Contact, groups);
  return description?.id === SITE_ID ? undefined : description;
}

/** By its name, which some trackers' own scripts set on the site. */
function describeName({ name, httpOnly }: StoredCookie, groups: Groups): Description | undefined {
  // What no script can read is the site's server's.
  if (httpOnly) return undefined;
  const owner = describeOwner(name, groups);
  if (owner) return owner;
  if (isAnybodys(name)) return undefined;
  const known = trackersNaming(name, groups);
  const isShared = known.some(({ provider }) => provider !== known[0]!.provider);
  return known[0] && fromDatabase(known[0], isShared, name);
}

/** Who is known to have the name, or may have it and was asked for something on the site. */
function describeOwner(name: string, groups: Groups): Description | undefined {
  const { describer, asked } = groups;
  const ids = trackersNaming(name, groups).map(({ provider }) => slug(provider));
  return describer.ownerOfName(name) ?? asked.find(({ id }) => ids.includes(id));
}

function trackersNaming(name: string, { describer }: Groups): KnownCookie[] {
  const known = describer.known.cookiesNamed(name);
  // What the site may need as well is taken for its own.
  return known[0] && NO_TRACKER.test(known[0].kind) ? [] : known.filter(({ kind }) => !NO_TRACKER.test(kind));
}

function fromDatabase({ provider, kind }: KnownCookie, isShared: boolean, name: string): Description {
  return {
    id: slug(provider),
    provider,
    purpose: kind === 'analytics' ? 'statistics' : 'third-party',
    review: `Known by the cookie ${name} only${isShared ? ', which others set too' : ''}: find out what on the site sets it.`,
  };
}

function describeEntry(entry: StoredEntry, groups: Groups): Description {
  const services = groups.earlier?.services ?? [];
  const written = isOurs(entry.name)
    ? services.find(({ cookies = [] }) => cookies.some(({ name }) => name === MIRROR_NAME))
    : services.find(({ storage = [] }) => matchesPattern(entry.name, storage));
  return written
    ? describeWritten(written)
    : (describeWriter(entry.setBy, groups) ?? describeOwner(entry.name, groups) ?? describeSite(groups));
}
