import type { AnyNode } from 'acorn';
import { full } from 'acorn-walk';
import { type LiteralReader, type Skipped } from './literal-reader';
import type { OtherConfiguration, OtherService } from './other-configuration';
import type { Script } from './script-of';
import { cookiesIn, domainIn, listIn, recordIn, textIn } from './unchecked';

/** Its kinds of services, in the words of a policy. */
const CATEGORIES: Readonly<Record<string, string>> = { analytic: 'statistics', ads: 'advertising' };
/** What it calls services whose names say nothing elsewhere. */
const NAMES: Readonly<Record<string, string>> = { analytics: 'Google Analytics' };
/** How much of a setting's name and of a service's name has to be the same: `matomoHost` is Matomo's. */
const SAME = 5;

/** What a script tells tarteaucitron. */
interface Told {
  /** Names of the services, in order. */
  jobs: string[];
  /** `tarteaucitron.user.…` */
  settings: Map<string, unknown>;
  /** Services of the site's own. */
  definitions: Map<string, Record<string, unknown>>;
  parameters: Record<string, unknown>;
  skipped: Skipped[];
}

/**
 * Reads the calls and assignments by which tarteaucitron is set up.
 * @returns undefined for a script that has none
 * @see https://tarteaucitron.io/en/free-installation-open-source/
 */
export function readTarteaucitron({ program }: Script, reader: LiteralReader): OtherConfiguration | undefined {
  const told: Told = { jobs: [], settings: new Map(), definitions: new Map(), parameters: {}, skipped: [] };
  let isTold = false;
  full(program, (node) => {
    isTold = heed(node, told, reader) || isTold;
  });
  if (!isTold) return undefined;
  const jobs = [...new Set(told.jobs)];
  return {
    manager: 'tarteaucitron',
    services: jobs.map((key) => serviceIn(key, told)),
    categoryTexts: new Map(),
    // They have no language: tarteaucitron takes the page's.
    texts: {},
    siteCookies: [],
    domain: domainIn(told.parameters['cookieDomain']),
    skipped: told.skipped.sort((one, other) => one.line - other.line),
  };
}

/** @returns whether a statement tells tarteaucitron something */
function heed(node: AnyNode, told: Told, reader: LiteralReader): boolean {
  const read = (value: AnyNode, path: string) => {
    const found = reader.read(value, [path]);
    told.skipped.push(...found.skipped);
    return found.value;
  };
  if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression') {
    const method = nameOf(node.callee.property);
    const path = pathOf(node.callee.object);
    if (method === 'init' && path === 'tarteaucitron') {
      const [options] = node.arguments;
      if (options) told.parameters = recordIn(read(options, 'tarteaucitron.init'));
      return true;
    }
    if (method !== 'push' || path !== 'tarteaucitron.job') return false;
    told.jobs.push(...textsOf(node.arguments.map((argument) => read(argument, 'tarteaucitron.job'))));
    return true;
  }
  if (node.type !== 'AssignmentExpression') return false;
  const [, kind, name] = /^tarteaucitron\.(user|services|job)(?:\.(.+))?$/.exec(pathOf(node.left) ?? '') ?? [];
  if (kind === 'job' && node.right.type === 'ArrayExpression')
    told.jobs.push(...textsOf(listIn(read(node.right, 'tarteaucitron.job'))));
  if (kind === 'user' && name) told.settings.set(name, read(node.right, `tarteaucitron.user.${name}`));
  // Its functions are what it does, not what it is.
  if (kind === 'services' && name) told.definitions.set(name, recordIn(reader.read(node.right).value));
  return kind !== undefined;
}

/** @returns `tarteaucitron.user.gtagUa`; what follows "||" is for where there is none yet */
function pathOf(node: AnyNode): string | undefined {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'AssignmentExpression') return pathOf(node.left);
  if (node.type === 'LogicalExpression') return pathOf(node.left);
  if (node.type !== 'MemberExpression') return undefined;
  const path = pathOf(node.object);
  const key = node.computed ? literalOf(node.property) : nameOf(node.property);
  if (path === undefined || key === undefined) return undefined;
  return /^(window|self|globalThis)$/.test(path) ? key : `${path}.${key}`;
}

function nameOf(node: AnyNode): string | undefined {
  return node.type === 'Identifier' ? node.name : undefined;
}

function literalOf(node: AnyNode): string | undefined {
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}

function textsOf(values: readonly unknown[]): string[] {
  return values.filter((value) => typeof value === 'string');
}

function serviceIn(key: string, { settings, definitions }: Told): OtherService {
  const { type, name, cookies, needConsent, uri, readmoreLink } = definitions.get(key) ?? {};
  const category = textIn(type);
  const address = textIn(uri) ?? textIn(readmoreLink);
  return {
    key,
    name: textIn(name) ?? NAMES[key],
    categories: category ? [CATEGORIES[category] ?? 'third-party'] : [],
    isRequired: false,
    isExempt: needConsent === false,
    cookies: cookiesIn(cookies),
    origins: [...settings].flatMap(([setting, value]) => (isOf(setting, key) ? addressIn(value) : [])),
    ...(address && /^(https?:\/\/|\/)\S+$/.test(address) && { privacyUrl: address }),
  };
}

function isOf(setting: string, key: string): boolean {
  const beginning = key.toLowerCase().slice(0, SAME);
  return setting.toLowerCase().startsWith(beginning);
}

/** The host that a setting names, and the folder that it says. */
function addressIn(value: unknown): string[] {
  const text = typeof value === 'string' ? value.replace(/^\/\//, 'https://') : '';
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return [];
  const { origin, pathname } = new URL(text);
  return [pathname.length > 1 && pathname.endsWith('/') ? origin + pathname : origin];
}
