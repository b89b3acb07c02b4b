import { parseHostSource } from '../origins/host-source';

/** What no address has, and regular expressions do. */
const REGEXP = /\\|^\/?\^|\)[?*+]/;
const SCHEMES = ['https', 'http', 'wss', 'ws'];

/** What a Content-Security-Policy has beside hosts. */
const KEYWORD = /^'[a-z0-9-]+'$/i;
const LOCAL_SCHEME = /^(data|blob|filesystem|about|mediastream):/i;

/** What is wrong with an origin, and what to write instead; undefined when nothing is. */
export function originMistake(origin: string): string | undefined {
  const wrong = originProblem(origin);
  if (!wrong) return undefined;
  if (KEYWORD.test(origin) || LOCAL_SCHEME.test(origin)) return `${wrong}. Leave it out`;
  const several = origin.split(/[\s,;]+/).filter(Boolean);
  if (several.length > 1 && several.every((one) => !originProblem(one)))
    return `is several origins in one. Write ${several.map((one) => JSON.stringify(one)).join(', ')}`;
  // Nobody can tell which ends were meant.
  const open = /^(?:[a-z*]+:\/\/)?((?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*)\.\*\/?$/i.exec(origin)?.[1];
  if (open) return `${wrong}. Write each host by itself: "https://${open}.com", "https://${open}.fr"`;
  const better = corrected(origin);
  const example =
    'a host-source such as "https://*.example.com" or "https://example.com/path/", or a path of the site itself such as "/stats/"';
  return `${wrong}. Write ${originProblem(better) ? example : `"${better}"`}`;
}

function originProblem(origin: string): string | undefined {
  if (origin === '/') return 'would refuse the whole site';
  if (KEYWORD.test(origin) || LOCAL_SCHEME.test(origin)) return noHost(origin);
  if (origin === '*' || /^[a-z]+:(\/\/)?$/i.test(origin))
    return 'would be every origin; to list what is not declared yet, there is "undeclared": "report"';
  if (REGEXP.test(origin)) return 'is a regular expression: of a host only the beginning may be left open, as "*."';
  if (/[?#]/.test(origin)) return 'could never match: origins have no query and no fragment';
  if (/[^!-~]/.test(origin))
    return 'has spaces or characters that are not ASCII: hosts are written in punycode, paths percent-encoded';
  if (/\/(\.|%2e){1,2}(\/|$)/i.test(origin)) return 'could never match: browsers resolve "." and ".." before they ask';
  if (/\/[^/]*\*/.test(origin.replace(/^[a-z]*:?\/\/[^/]*/i, '')))
    return 'could never match: a path has no wildcards, and one that ends in "/" stands for everything below it';
  if (/^(\*:)?\/\//.test(origin)) return 'has no scheme';
  const ofHost = hostProblem(hostOf(origin));
  if (ofHost) return ofHost;
  return sourceProblem(origin);
}

function sourceProblem(origin: string): string | undefined {
  // A path is checked as the path of some host.
  const source = parseHostSource(origin.startsWith('/') ? `https://site${origin}` : origin);
  if (!source) return 'is neither a CSP host-source nor a path';
  if (!source.scheme) return 'has no scheme';
  if (!SCHEMES.includes(source.scheme)) return `could never match: browsers load over ${SCHEMES.join(', ')}`;
  if (source.port && source.port !== '*' && !(Number(source.port) >= 1 && Number(source.port) <= 65535))
    return 'could never match: ports go from 1 to 65535';
  return undefined;
}

function noHost(origin: string): string {
  return KEYWORD.test(origin)
    ? 'is a word of Content-Security-Policies and no host-source: origins are those of the service, and the site itself needs none'
    : 'is nowhere that anything is sent to, and never refused';
}

function hostProblem(host: string): string | undefined {
  if (host.includes('@')) return 'could never match: origins have no user and no password';
  if (host.startsWith('['))
    return 'could never match: no Content-Security-Policy can name an address of IPv6. Give the server a name';
  if (/\.\*|\*[^.]|[^/]\*\./.test(host))
    return 'is no host-source: of a host only the beginning may be left open, as "*."';
  if (host.includes('_')) return 'is no host-source: no Content-Security-Policy can name a host with "_"';
  if (/[^.]\.(:|$)/.test(host)) return 'has a dot after its host, as no page writes it, so it could never match';
  return undefined;
}

/** The host and the port, and what else stands there; empty for a path. */
function hostOf(origin: string): string {
  return /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/]*)/i.exec(origin)![1]!;
}

/** The likeliest thing that was meant. */
function corrected(origin: string): string {
  const bare = withoutRegExp(origin)
    .replace(/[?#].*/, '')
    .replace(/\/\*+$/, '/')
    .replace(/^\*:(?=\/\/)|^['"](?=.*['"]$)|['"]$/g, '')
    .trim();
  // No host, but a path that has lost its first character.
  if (/^[\w-]+\/(?!\/)/.test(bare) && !bare.startsWith('localhost/')) return corrected(`/${bare}`);
  if (/^\/(?!\/)/.test(bare)) return new URL(bare, 'https://site').pathname;
  const scheme = /^(https?|wss?):/i.exec(bare)?.[0] ?? 'https:';
  const rest = bare.replace(/^(https?|wss?):\/(?!\/)|^([a-z][a-z0-9+.-]*:)?\/\//i, '');
  // Only a wildcard's dots and stars would not survive being read as a URL.
  const path = rest.includes('/') ? new URL(rest.slice(rest.indexOf('/')), 'https://site').pathname : '';
  return `${scheme}//${inPunycode(nameable(rest.replace(/\/.*/, '')))}${path === '/' ? '' : path}`;
}

/** What a policy can name of a host: a wildcard in the place of what it cannot. */
function nameable(host: string): string {
  return host
    .replace(/^.*@/, '')
    .replace(/\.(?=:|$)/, '')
    .replace(/^\*(?=[a-z0-9])/i, '*.')
    .replace(/^[^:]*[*_][\w*-]*\.(?=[^.:]+\.)/, '*.');
}

/** The host that a simple regular expression is about. */
function withoutRegExp(text: string): string {
  if (!REGEXP.test(text)) return text;
  const source = text.replace(/^\/(.+)\/[a-z]*$/, '$1').replace(/^\^|\$$/g, '');
  const host = source.replace(/^\(?https\??\)?:(\\?\/){2}/, '').replace(/\\?\/.*/, '');
  return host.replace(/^\.[*+](\\\.)?|^\[[^\]]*\][*+](\\\.)?/, '*.').replace(/\\(.)/g, '$1');
}

function inPunycode(host: string): string {
  const [, wildcard = '', name = ''] = /^(\*?\.)?(.*)$/.exec(host) ?? [];
  const ascii = /[^!-~]/.test(name) && URL.canParse(`https://${name}`) ? new URL(`https://${name}`).host : name;
  return `${wildcard && '*.'}${ascii}`;
}
