import { matchesHostSource, parseHostSource } from '../../origins/host-source';
import { isOwnCsp, splitPolicies, wordsOf } from '../../csp/own-csp-header';
import type { MappedAddresses } from './mapped-addresses';

/** Directives whose values are sources. */
const HAS_SOURCES = /-src(-elem|-attr)?$|^(form-action|frame-ancestors|base-uri)$/;
/** The preview is served over http. */
const NEEDS_HTTPS = /^(upgrade-insecure-requests|block-all-mixed-content)$/;
const NONCE = /^'nonce-(.+)'$/i;
/** Where one of these is, browsers let `'unsafe-inline'` not count, so that one more nonce forbids nothing. */
const NAMES_SCRIPTS = /^'(nonce-|sha\d|strict-dynamic'$)/i;
const TRUSTED_TYPES = 'cookie-gatekeeper';

/** What a page of the preview has to load, whatever the site's own policies say. */
export interface Needed {
  /** The gatekeeper's scripts, and the panel's: absolute addresses. */
  scripts: readonly string[];
  worker: string;
  /** What the panel posts to; one that ends in `/` stands for everything below. */
  posts: string;
  /** Of the tags. */
  nonce: string;
}

type Directives = Map<string, string[]>;

/** The site's own policies as the preview sends them. */
export class PreviewCsp {
  /** What a site has to permit for the gatekeeper to run, and does not yet: a line each. */
  readonly lacking = new Set<string>();

  constructor(readonly addresses: MappedAddresses) {}

  /** A header's policies: those of the site with its addresses mapped, and permitting what is needed; ours as they are. */
  header(value: string, needed: Needed): string {
    return splitPolicies(value)
      .map((policy) => (isOwnCsp(policy) ? policy : this.policy(policy, needed)))
      .join(', ');
  }

  policy(policy: string, needed: Needed): string {
    const directives: Directives = new Map();
    for (const [name, ...values] of policy.split(';').map(wordsOf))
      if (name && !directives.has(name) && !NEEDS_HTTPS.test(name)) directives.set(name, this.#local(name, values));
    this.#permitScripts(directives, needed);
    this.#permitTypes(directives);
    this.#permit(directives, ['worker-src', 'child-src', 'script-src', 'default-src'], needed.worker);
    permitAddress(directives, ['connect-src', 'default-src'], needed.posts);
    return [...directives].map(([name, values]) => [name, ...values].join(' ')).join('; ');
  }

  #local(name: string, values: string[]): string[] {
    if (!HAS_SOURCES.test(name)) return values.map((value) => this.addresses.toPreview(value));
    return [...new Set(values.flatMap((value) => this.#localSource(value)))];
  }

  /** A source that the portal's own addresses match is that of the preview's, also where it matches others too. */
  #localSource(source: string): string[] {
    const { portal, preview } = this.addresses;
    if (source.startsWith("'")) return [source];
    if (/^[a-z]+:$/i.test(source)) {
      if (source.toLowerCase() === portal.protocol && portal.protocol === 'https:') return [source, preview.origin];
      return source.toLowerCase() === 'wss:' ? [source, `ws://${preview.host}`] : [source];
    }
    const parsed = parseHostSource(source);
    if (!parsed) return [source];
    const atAnyPath = { ...parsed, path: '' };
    const socket = new URL(portal.href.replace(/^http/, 'ws'));
    const local = [
      ...(matchesHostSource(portal, atAnyPath, portal) ? [preview.origin + parsed.path] : []),
      ...(/^wss?$/.test(parsed.scheme ?? '') && matchesHostSource(socket, atAnyPath, portal)
        ? [`ws://${preview.host}${parsed.path}`]
        : []),
    ];
    const isPortalAlone = local.length > 0 && !parsed.host.startsWith('*.');
    return isPortalAlone ? local : [source, ...local];
  }

  #permitScripts(directives: Directives, { scripts, nonce }: Needed): void {
    const name = ['script-src-elem', 'script-src', 'default-src'].find((one) => directives.has(one));
    if (name === undefined) return;
    const sources = directives.get(name)!;
    const own = `'nonce-${nonce}'`;
    const isStrict = sources.some((source) => /^'strict-dynamic'$/i.test(source));
    if (isStrict || sources.some((source) => NAMES_SCRIPTS.test(source))) {
      if (!isStrict && scripts.every((url) => passes(sources, url))) return;
      if (!sources.some((source) => NONCE.test(source)))
        this.lacking.add(`${name}: a nonce, which the tag of gatekeeper.js has too`);
      if (!sources.includes(own)) directives.set(targetOf(name, 'script-src'), [...withoutNone(sources), own]);
    } else for (const url of scripts) this.#permit(directives, [name], url, 'script-src');
  }

  /** These are of no list of scripts: they hold also where there is none. */
  #permitTypes(directives: Directives): void {
    const types = directives.get('trusted-types');
    if (!types || types.includes(TRUSTED_TYPES) || types.includes('*')) return;
    this.lacking.add(`trusted-types: ${TRUSTED_TYPES}`);
    directives.set('trusted-types', [...withoutNone(types), TRUSTED_TYPES]);
  }

  #permit(directives: Directives, chain: readonly string[], url: string, target?: string): void {
    const changed = permitAddress(directives, chain, url, target);
    if (changed !== undefined) this.lacking.add(`${changed}: 'self'`);
  }
}

/** The nonce that the site's own policies want of scripts. */
export function nonceIn(header: string | null): string | undefined {
  const words = splitPolicies(header).flatMap((policy) => policy.split(';').flatMap(wordsOf));
  return words.map((word) => NONCE.exec(word)?.[1]).find((nonce) => nonce !== undefined);
}

/** @returns the directive that has to say it; undefined where it is permitted already */
function permitAddress(
  directives: Directives,
  chain: readonly string[],
  url: string,
  target = chain[0]!,
): string | undefined {
  const name = chain.find((one) => directives.has(one));
  if (name === undefined) return undefined;
  const sources = directives.get(name)!;
  if (sources.some((source) => /^'strict-dynamic'$/i.test(source)) || passes(sources, url)) return undefined;
  const changed = targetOf(name, target);
  directives.set(changed, [...withoutNone(sources), url]);
  return changed;
}

/** What stands for many keeps what it says for the others. */
function targetOf(name: string, target: string): string {
  return /^(default|child|script)-src$/.test(name) ? target : name;
}

function passes(sources: readonly string[], url: string): boolean {
  const asked = new URL(url);
  return sources.some((source) => {
    if (/^('self'|\*|http:)$/i.test(source)) return true;
    const parsed = parseHostSource(source);
    return !!parsed && matchesHostSource(asked, parsed, asked);
  });
}

function withoutNone(sources: readonly string[]): string[] {
  return sources.filter((source) => !/^'none'$/i.test(source));
}
