import { readFile } from 'node:fs/promises';
import { domainLevels } from '../../origins/domain-levels';
import { matchesPattern } from '../../sweep/matches-pattern';
import { inPackage } from '../package-folder';
import { MORE_NAMES, MORE_PARTIES } from './more-parties';

/** Who is behind a host. */
export interface Party {
  name: string;
  /** Who owns it, where that has another name. */
  company?: string;
  /** `analytics`, `ad`, `video` …: third-party-web's categories. */
  kind: string;
  /** The domain whose hosts are all theirs, for a host that was found by it. */
  wildcard?: string;
}

/** Somebody, with all hosts that are known: `www.example.com`, or `*.example.com` for all of a domain. */
export interface NamedParty extends Party {
  hosts: string[];
}

export interface KnownCookie {
  pattern: string;
  provider: string;
  /** `functional`, `marketing`, `analytics`, `security` …: the Open Cookie Database's categories. */
  kind: string;
  lifetime: string;
  description: string;
}

/** As `compile-known-parties.mjs`, when the package is built, writes it. */
interface Compiled {
  parties: [name: string, company: string, kind: string, hosts: string][];
  cookies: [pattern: string, provider: string, kind: string, lifetime: string, description: string][];
}

/** Hosts and cookies that are known by name: of third-party-web and the Open Cookie Database, as they were when this was built. */
export class KnownParties {
  readonly #hosts = new Map<string, Party>();
  readonly #named = new Map<string, NamedParty>();
  readonly #cookies = new Map<string, KnownCookie[]>();
  readonly #patterns: KnownCookie[] = [];

  constructor({ parties, cookies }: Compiled) {
    for (const [name, company, kind, hosts] of parties) this.#add({ name, company: company || undefined, kind }, hosts);
    // Last, since these correct the others.
    for (const [name, kind, hosts] of MORE_PARTIES) this.#add({ name, kind }, hosts);
    for (const [pattern, provider, kind, lifetime, description] of cookies)
      this.#addCookie({ pattern, provider, kind, lifetime, description });
  }

  static async read(): Promise<KnownParties> {
    return new KnownParties(JSON.parse(await readFile(inPackage('dist', 'known-parties.json'), 'utf8')) as Compiled);
  }

  /** @returns undefined where nobody knows the host */
  partyOf(hostname: string): Party | undefined {
    const exact = this.#hosts.get(hostname);
    if (exact) return exact;
    for (const domain of domainLevels(hostname)) {
      const party = this.#hosts.get(`*.${domain}`);
      if (party) return { ...party, wildcard: domain };
    }
    return undefined;
  }

  /** Who sets cookies of this name, those with the very name first; several share some. */
  cookiesNamed(name: string): KnownCookie[] {
    const exact = this.#cookies.get(name) ?? [];
    const byPattern = this.#patterns.filter(({ pattern }) => matchesPattern(name, [pattern]));
    return [...exact, ...byPattern.sort((a, b) => b.pattern.length - a.pattern.length)];
  }

  /** Who is called this, in whatever way it is spelt. */
  partyNamed(name: string): NamedParty | undefined {
    return this.#named.get(plainName(name));
  }

  /** Whose client stores something under this name, and the pattern that its other names have too. */
  ownerOfName(name: string): { party: NamedParty; pattern: string } | undefined {
    for (const [owner, patterns] of MORE_NAMES) {
      const pattern = patterns.split(' ').find((one) => matchesPattern(name, [one]));
      const party = pattern && this.partyNamed(owner);
      if (party) return { party, pattern };
    }
    return undefined;
  }

  #add(party: Party, hosts: string): void {
    this.#named.set(plainName(party.name), { ...party, hosts: hosts.split(' ') });
    for (const host of hosts.split(' ')) this.#hosts.set(host, party);
  }

  #addCookie(cookie: KnownCookie): void {
    // A pattern that holds half of all names tells nothing.
    if (cookie.pattern.endsWith('*') && cookie.pattern.length > 3) this.#patterns.push(cookie);
    const same = this.#cookies.get(cookie.pattern);
    if (same) same.push(cookie);
    else this.#cookies.set(cookie.pattern, [cookie]);
  }
}

/** Whether a name is so short and plain, such as `uid` or `c`, that anybody may have it: alone, it tells of nobody. */
export function isAnybodys(name: string): boolean {
  return /^[a-z0-9]{1,5}$/i.test(name);
}

/** A name as it is compared: `Google Tag Manager` is `googleTagManager`, and `google-tag-manager`. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
