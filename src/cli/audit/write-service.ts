import { parseHostSource } from '../../origins/host-source';
import { nameMistake } from '../../policy/name-mistake';
import { matchesPattern } from '../../sweep/matches-pattern';
import { slug, type PartyDescriber, type WrittenCookie, type WrittenService } from './describe-party';
import { isAnybodys, type KnownCookie } from './known-parties';
import { lifetimeText } from './lifetime-text';
import type { StoredCookie } from './observation';
import { isOurs } from './own-names';
import type { ServiceUse } from './service-use';
import { ownerOf } from './site-hosts';

/** What is written with every service of an audit. */
interface Context {
  describer: PartyDescriber;
  /** The origins of the site itself. */
  origins: readonly string[];
}

/** Hosts below one domain from which on all of them are meant. */
const FEW = 2;

/** The service as a policy has it, with the origins, cookies and storage that were seen. */
export function writeService(use: ServiceUse, context: Context): WrittenService {
  const { id, provider, name, purpose, access, review } = use.description;
  const origins = originsOf(use, context);
  const cookies = cookiesOf(use, context.describer);
  const storage = [...new Set(use.entries.map(({ name }) => storagePattern(name, context)))].filter(
    (pattern) => !isOurs(pattern) && !nameMistake(pattern, 'storage', String),
  );
  return {
    id,
    provider,
    ...(name && { name }),
    purpose,
    ...(access && origins.length > 0 && { access }),
    ...(origins.length > 0 && { origins }),
    ...(cookies.length > 0 && { cookies }),
    ...(storage.length > 0 && { storage }),
    ...(review && { review }),
  };
}

/** The origins that were asked, as host-sources; one wildcard where several hosts of a domain are all theirs. */
export function originsOf({ contacts, description }: ServiceUse, { origins }: Context): string[] {
  const seen = new Set<string>();
  for (const { url } of contacts) {
    const { protocol, host, pathname } = new URL(url);
    // A tracker on the site's own host has a path, and nothing else that tells it apart.
    const isOwn = ownerOf(new URL(url), origins) === 'site';
    const source = isOwn ? pathname : `${protocol}//${host}`;
    if (isOwn || parseHostSource(source)) seen.add(source);
  }
  return withWildcard([...seen], description.wildcard);
}

function withWildcard(origins: string[], domain: string | undefined): string[] {
  if (!domain) return origins;
  const below = (origin: string) => new URL(origin, 'https://site.invalid').hostname.endsWith(`.${domain}`);
  const schemes = new Set(origins.filter(below).map((origin) => new URL(origin).protocol));
  const wildcards = [...schemes].flatMap((scheme) => {
    const hosts = origins.filter((origin) => below(origin) && origin.startsWith(`${scheme}//`));
    const plain = hosts.filter((origin) => new URL(origin).port === '');
    return plain.length >= FEW ? [`${scheme}//*.${domain}`] : [];
  });
  const covered = (origin: string) =>
    below(origin) &&
    new URL(origin).port === '' &&
    wildcards.some((wildcard) => wildcard.startsWith(new URL(origin).protocol));
  return [...origins.filter((origin) => !covered(origin)), ...wildcards];
}

function cookiesOf({ cookies, description: { id } }: ServiceUse, describer: PartyDescriber): WrittenCookie[] {
  const written = new Map<string, WrittenCookie>();
  for (const cookie of cookies) {
    const entry = writeCookie(cookie, id, describer);
    if (!nameMistake(entry.name, 'cookie', String)) written.set(entry.name, entry);
  }
  return [...written.values()];
}

function writeCookie({ name, days, path }: StoredCookie, id: string, describer: PartyDescriber): WrittenCookie {
  const written = describer.cookieNamed(name);
  if (written) return written;
  const found = databaseOf(name, id, describer);
  return {
    name: found?.pattern ?? describer.known.ownerOfName(name)?.pattern ?? patternOf(name),
    ...(path !== '/' && { path }),
    ...(found?.description && { purpose: found.description }),
    lifetime: lifetimeText(days),
  };
}

/** What the database has of a cookie: of this service, or else of whoever has the same name, where few can. */
function databaseOf(name: string, id: string, { known }: PartyDescriber): KnownCookie | undefined {
  const all = known.cookiesNamed(name);
  return all.find(({ provider }) => slug(provider) === id) ?? (isAnybodys(name) ? undefined : all[0]);
}

function storagePattern(name: string, { describer }: Context): string {
  return describer.known.ownerOfName(name)?.pattern ?? patternOf(name);
}

/** The name with `*` for what most likely is another visitor's, or another site's: long numbers, and words without a meaning. */
function patternOf(name: string): string {
  const isRandom = (part: string) =>
    /^\d{4,}$/.test(part) ||
    (/^[\da-f-]{8,}$/i.test(part) && /\d/.test(part)) ||
    (part.length > 11 && /\d/.test(part) && /[a-z]/i.test(part));
  return name
    .split(/([._:]+)/)
    .map((part) => (isRandom(part) ? '*' : part))
    .join('')
    .replace(/\*([._:]\*)+/g, '*');
}

/** Whether a policy's service has a cookie of this name already. */
export function hasCookie(service: WrittenService, name: string): boolean {
  return (service.cookies ?? []).some((cookie) => cookie.name === name || matchesPattern(name, [cookie.name]));
}
