import { readFile } from 'node:fs/promises';
import { compilePolicy } from '../../compiled-policy/compiled-policy';
import type { PolicyInput } from '../../policy/schema';
import { findServices } from '../../requests/find-service';
import { matchesPattern } from '../../sweep/matches-pattern';
import { indexPolicy, type IndexedPolicy } from '../../requests/index-policy';
import { inPackage } from '../package-folder';
import { KnownParties, type Party } from './known-parties';
import { SELF_HOSTED } from './more-parties';
import { domainOf } from './site-hosts';

export type WrittenService = PolicyInput['services'][number];
export type WrittenCookie = NonNullable<WrittenService['cookies']>[number];

/** Who is asked, in the words of a policy: a service without what it uses. */
export interface Description extends Pick<WrittenService, 'id' | 'provider' | 'name' | 'purpose' | 'access'> {
  /** What a person has to decide. */
  review?: string;
  /** The domain whose hosts are all theirs. */
  wildcard?: string;
}

const PURPOSE_OF_KIND: Readonly<Record<string, string>> = { analytics: 'statistics' };
const OTHERWISE = 'third-party';

const MAY_BE_NEEDED =
  'The site may need this to work. If it does, and it learns nothing of visitors, write "purpose": "necessary"; better, serve its files from your own host.';

const REVIEW_OF_KIND: Readonly<Record<string, string>> = {
  cdn: MAY_BE_NEEDED,
  hosting: MAY_BE_NEEDED,
  utility: MAY_BE_NEEDED,
  other: 'What this does on the site is not known: find out, and write its purpose.',
  'tag-manager': 'It loads what somebody enters there: see that all of that is in this policy too.',
  'consent-provider':
    'It asks visitors today. Remove it when cookie-gatekeeper asks; until then, it works with "purpose": "necessary" only.',
};

const PRESET_NECESSARY = necessaryAsIn('the preset for Opendatasoft portals');

/** Describes who is behind an address: by the preset of this package, then by who is known, then by the domain. */
export class PartyDescriber {
  readonly #preset: IndexedPolicy;
  /** Those that the preset has. */
  readonly services: readonly WrittenService[];

  constructor(
    readonly known: KnownParties,
    preset: PolicyInput,
  ) {
    this.#preset = indexPolicy(compilePolicy(preset));
    this.services = preset.services;
  }

  /** With everybody whom this package knows. */
  static async read(): Promise<PartyDescriber> {
    const preset = JSON.parse(await readFile(inPackage('dist', 'presets', 'opendatasoft.json'), 'utf8')) as PolicyInput;
    return new PartyDescriber(await KnownParties.read(), preset);
  }

  /** @param paths all that was asked of its host: they tell who runs there, where nobody knows the host */
  describe(url: URL, paths: readonly string[] = []): Description {
    return this.#fromPreset(url) ?? this.#fromKnown(url) ?? this.#fromPaths(url, paths) ?? unknown(url);
  }

  /** Trackers that a site serves from its own hosts. @param paths all that was asked of this one */
  describeOwn(url: URL, paths: readonly string[]): Description | undefined {
    const found = trackersAt(paths).find(([, ...signs]) => signs.some((sign) => sign.test(url.pathname)));
    return found && this.named(found[0]);
  }

  /** Whose client stores something under this name in the site's own origin, as this package says. */
  ownerOfName(name: string): Description | undefined {
    const known = this.known.ownerOfName(name);
    return known ? { ...describeKnown(known.party), wildcard: undefined } : this.#ownerInPreset(name);
  }

  #ownerInPreset(name: string): Description | undefined {
    const written = this.services.find(
      ({ purpose, cookies = [], storage = [] }) =>
        purpose !== 'necessary' && matchesPattern(name, [...cookies.map((cookie) => cookie.name), ...storage]),
    );
    return written && describeWritten(written);
  }

  /** What the preset says of a cookie, in words for visitors. */
  cookieNamed(name: string): WrittenCookie | undefined {
    const cookies = this.services.flatMap(({ cookies = [] }) => cookies);
    return cookies.find((cookie) => matchesPattern(name, [cookie.name]));
  }

  /** A service by the name of who provides it. */
  named(name: string): Description {
    const written = this.services.find(
      ({ id, name: own, provider }) => slug(name) === id || own === name || provider === name,
    );
    if (written) return describeWritten(written);
    return { id: slug(name), provider: name, purpose: 'statistics' };
  }

  #fromPreset(url: URL): Description | undefined {
    // The preset has the addresses of production: on https, and on no port of their own.
    const secure = new URL(url.href.replace(/^(http|ws):/, (_, scheme: string) => `${scheme}s:`));
    secure.port = '';
    const [service] = findServices(secure, this.#preset, new URL('https://site.invalid'));
    const written = service && this.services.find(({ id }) => id === service.id);
    return written && describeWritten(written);
  }

  #fromPaths({ host }: URL, paths: readonly string[]): Description | undefined {
    const [found] = trackersAt(paths);
    if (!found) return undefined;
    const review = `${host} has the addresses of ${found[0]}, which anybody may run: find out who does, and write it.`;
    return { ...this.named(found[0]), review };
  }

  #fromKnown(url: URL): Description | undefined {
    const party = this.known.partyOf(url.hostname);
    return party && describeKnown(party);
  }
}

/** Trackers all of whose signs are among the paths that were asked of one host. */
function trackersAt(paths: readonly string[]): typeof SELF_HOSTED {
  return SELF_HOSTED.filter(([, ...signs]) => signs.every((sign) => paths.some((path) => sign.test(path))));
}

/** Somebody who is known, in the words of a policy. */
export function describeKnown({ name, company, kind, wildcard }: Party): Description {
  return {
    id: slug(name),
    provider: company ?? name,
    ...(company && { name }),
    purpose: PURPOSE_OF_KIND[kind] ?? OTHERWISE,
    review: REVIEW_OF_KIND[kind],
    wildcard,
  };
}

/** @param where it was said that visitors are not asked about a service */
export function necessaryAsIn(where: string): string {
  return `Necessary as in ${where}. If the site works without it, let visitors decide: "purpose": "third-party".`;
}

/** What a person has to find out of somebody whom nobody knows. */
export function nobodyKnows(provider: string): string {
  return `Nobody knows ${provider}. Find out who this is, what it does on the site and what it is told, and write its provider and purpose.`;
}

function describeWritten({ id, provider, name, purpose, access }: WrittenService): Description {
  return {
    id,
    provider,
    ...(name && { name }),
    purpose,
    ...(access && { access }),
    review: purpose === 'necessary' ? PRESET_NECESSARY : undefined,
  };
}

function unknown(url: URL): Description {
  const domain = domainOf(url.hostname);
  const provider = url.port && domain === url.hostname ? url.host : domain;
  return {
    id: slug(provider),
    provider,
    purpose: OTHERWISE,
    review: nobodyKnows(provider),
    wildcard: domain === url.hostname ? undefined : domain,
  };
}

/** An id: what the mirror cookie can have as a key. */
export function slug(name: string): string {
  const plain = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return /^[a-z]/.test(plain) ? plain : `host-${plain}`;
}
