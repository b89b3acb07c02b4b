import type { PolicyInput } from '../../policy/schema';
import { matchesPattern } from '../../sweep/matches-pattern';
import { slug, type PartyDescriber, type WrittenCookie, type WrittenService } from '../audit/describe-party';
import { SITE_ID } from '../audit/group-by-service';
import { MIRROR, SCHEMA, type WrittenPolicy } from '../audit/propose-policy';
import { cookieNames } from './cookie-names';
import { importPurpose, reviewOfProvider } from './import-purpose';
import { KnownServices, type Known } from './known-services';
import type { OtherConfiguration, OtherCookie, OtherService, OtherText } from './other-configuration';
import { splitCategory } from './split-category';

type Texts = Record<string, Record<string, string>>;

/** An id that a policy takes. The mirror has two of these for its times. */
const ID = /^(?!(timestamp|expires)$)[A-Za-z][\w-]{0,99}$/;
/** A host that there is not: a placeholder that nothing is loaded from. https://www.rfc-editor.org/rfc/rfc6761#section-6.4 */
const NO_HOST = 'https://write-its-host.invalid';

/** Makes a policy of what another consent manager is configured to ask. What it does not say is marked for review. */
export function importPolicy(configuration: OtherConfiguration, describer: PartyDescriber): WrittenPolicy {
  const known = new KnownServices(describer);
  const imported = configuration.services
    .flatMap((service) => splitCategory(service, known))
    .map((service) => importService(service, configuration, known));
  const texts = allTexts(
    configuration,
    imported.flatMap(({ category }) => category ?? []),
  );
  const ids = new Set<string>();
  const services = imported.map(({ service }) => ({ ...service, id: freeId(service.id, ids) }));
  return {
    $schema: SCHEMA,
    revision: new Date().toISOString().slice(0, 10),
    ...(configuration.domain && { consent: { cookie: { domain: configuration.domain } } }),
    services: [importSite(configuration, known), ...services],
    ...(Object.keys(texts).length > 0 && { texts }),
  };
}

function freeId(id: string, taken: Set<string>): string {
  let free = id === SITE_ID ? `${id}-2` : id;
  for (let count = 2; taken.has(free); count++) free = `${id}-${count}`;
  taken.add(free);
  return free;
}

function importSite({ siteCookies, manager, domain }: OtherConfiguration, known: KnownServices): WrittenService {
  const { cookies, review } = importCookies(siteCookies, known, manager);
  const shared = `The hosts of ${domain} share the choices, as in ${manager}: each of them needs this policy.`;
  return {
    id: SITE_ID,
    provider: { en: 'This site', fr: 'Ce site' },
    purpose: 'necessary',
    cookies: [...cookies.filter(({ name }) => name !== MIRROR.name), MIRROR],
    review: [
      'Write who runs the site, and the cookies that it needs itself.',
      ...(domain ? [shared] : []),
      ...review,
    ].join(' '),
  };
}

function importService(
  service: OtherService,
  configuration: OtherConfiguration,
  services: KnownServices,
): { service: WrittenService; category?: string } {
  const title = typeof service.name === 'string' ? service.name : service.name?.['en'];
  const found = services.named(service.key) ?? (title === undefined ? undefined : services.named(title));
  // A category is called after what is done in it.
  const known = found?.isGuess && service.categories.includes(service.key) ? undefined : found;
  const { purpose, category, review } = importPurpose(service, configuration, known);
  const written = importCookies(service.cookies, services, configuration.manager);
  const cookies = [...written.cookies, ...(known?.cookies ?? []).filter(({ name }) => !has(written.cookies, name))];
  const hosts = importHosts(service, known, purpose);
  const reviews = [...reviewOfProvider(title ?? service.key, known), ...review, ...written.review, ...hosts.review];
  return {
    category,
    service: {
      id: ID.test(service.key) ? service.key : slug(service.key),
      ...importNames(service, known),
      purpose,
      ...(service.description && { description: service.description }),
      ...(service.privacyUrl && { privacyUrl: service.privacyUrl }),
      ...(hosts.origins.length > 0 && { origins: hosts.origins }),
      ...(cookies.length > 0 && { cookies }),
      ...(reviews.length > 0 && { review: reviews.join(' ') }),
    },
  };
}

function importNames(service: OtherService, known: Known | undefined): Pick<WrittenService, 'provider' | 'name'> {
  const provider = known?.description.provider ?? service.name ?? service.key;
  const name = service.name ?? known?.description.name;
  const isSaid = name === undefined || JSON.stringify(name) === JSON.stringify(provider);
  return isSaid ? { provider } : { provider, name };
}

function importHosts(
  service: OtherService,
  known: Known | undefined,
  purpose: string,
): { origins: string[]; review: string[] } {
  const origins = [...new Set([...service.origins, ...(known?.origins ?? [])])];
  if (origins.length > 0 || purpose === 'necessary') return { origins, review: [] };
  const review = `Which hosts it uses is not known: write them as "origins", in the place of ${NO_HOST}.`;
  return { origins: [NO_HOST], review: [review] };
}

function has(cookies: readonly WrittenCookie[], name: string): boolean {
  return cookies.some((cookie) => cookie.name === name || matchesPattern(name, [cookie.name]));
}

function importCookies(
  cookies: readonly OtherCookie[],
  services: KnownServices,
  manager: string,
): { cookies: WrittenCookie[]; review: string[] } {
  const written = new Map<string, WrittenCookie>();
  const unsaid = new Set<string>();
  for (const { name, path, purpose, lifetime } of cookies) {
    const names = cookieNames(name);
    if (names.length === 0) unsaid.add(String(name));
    for (const one of names) {
      const known = services.describeCookie(one);
      const cookie = { name: one, path, purpose: purpose ?? known?.purpose, lifetime: lifetime ?? known?.lifetime };
      written.set(`${one} ${path ?? ''}`, withoutGaps(cookie));
    }
  }
  const review = [...unsaid].map(
    (name) =>
      `The cookies ${name} of ${manager} have no name with "*" that says the same: write their names under "cookies".`,
  );
  return { cookies: [...written.values()], review };
}

function withoutGaps(cookie: WrittenCookie): WrittenCookie {
  return Object.fromEntries(Object.entries(cookie).filter(([, value]) => value !== undefined)) as WrittenCookie;
}

/** The interface's, and what the site's own purposes are called. */
function allTexts(
  { texts, categoryTexts }: OtherConfiguration,
  categories: readonly string[],
): NonNullable<PolicyInput['texts']> {
  const all: Texts = structuredClone(texts) as Texts;
  const say = (key: string, said: OtherText | undefined) => {
    // A text without a language is for all that have none of their own.
    const byLanguage = typeof said === 'string' ? { [Object.keys(texts)[0] ?? 'en']: said } : (said ?? {});
    for (const [language, text] of Object.entries(byLanguage)) (all[language] ??= {})[key] = text;
  };
  for (const category of new Set(categories)) {
    const { title, text } = categoryTexts.get(category)!;
    say(`purpose-${slug(category)}`, title);
    say(`purpose-${slug(category)}-text`, text);
  }
  return all;
}
