import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lock, workerLock } from '../csp/wall';
import { shownPolicy } from '../elements/shown-policy';
import { termsOf, type Terms } from '../gate/terms';
import { parsePolicy } from '../policy/parse-policy';
import type { Policy } from '../policy/schema';
import { interfaceTexts } from './interface-languages';
import { inPackage } from './package-folder';
import { replaceFiles } from './replace-files';

/** What the banner and the preferences look like: the package's own theme, or the French State's design system. */
export const THEMES = ['own', 'dsfr'] as const;
export type ThemeName = (typeof THEMES)[number];

export interface BuildOptions {
  /** Folder that the files are written to; made when it is missing. */
  out: string;
  /** Asks the visitor, in this theme, by one more file; without it, the site asks. */
  interface?: ThemeName;
  /** Languages of the interface, such as `fr`; without it French, English, and those that the policy has texts in. */
  languages?: readonly string[];
  /** Names the policy in errors. */
  file?: string;
}

export interface Built {
  /** Paths of the files written. */
  files: string[];
  /** The lock: the value of the Content-Security-Policy header for every document. Empty under `"wall": "off"`: there is none. */
  lock: string;
  /** The worker's lock: the same for its own script, `gatekeeper-sw.js`. */
  workerLock: string;
}

const PAGE_FILE = 'gatekeeper.js';
const WORKER_FILE = 'gatekeeper-sw.js';
const ON_DEMAND_FILE = 'gatekeeper-on-demand.js';
const INTERFACE_FILE = 'gatekeeper-interface.js';

/**
 * Builds the files that a site serves, with the policy inside.
 * @param policy what was read from the policy file
 * @throws {PolicyError} when the policy has mistakes; nothing is written then, and earlier files stay
 * @throws {UnknownLanguageError} when there are no texts in one of the languages
 * @throws {OccupiedPathError} when a folder is in the place of one of the files
 * @throws when they cannot be written; earlier files stay, all of them
 */
export async function build(policy: unknown, { out, file, interface: theme, languages }: BuildOptions): Promise<Built> {
  const parsed = parsePolicy(policy, file);
  const contents = await Promise.all(Object.entries(theme ? withInterface(parsed, theme, languages) : withoutInterface(parsed)).map(([name, content]) => fill(name, content)));
  await mkdir(out, { recursive: true });
  const files = new Map(contents.map(({ name, text }) => [join(out, name), text]));
  await replaceFiles(files);
  const terms = termsOf(parsed);
  const written = [...files.keys()];
  return terms.wall === 'off' ? { files: written, lock: '', workerLock: '' } : { files: written, lock: lock(terms), workerLock: workerLock(terms) };
}

/** What a file is made of: a template, and the data that is put into it. */
interface Content {
  template: string;
  data: Record<string, unknown>;
}

function withoutInterface(policy: Policy): Record<string, Content> {
  const terms = termsOf(policy);
  return {
    [PAGE_FILE]: { template: 'page.js', data: pageData(terms) },
    [WORKER_FILE]: { template: policy.lock === 'meta' ? 'worker-meta.js' : 'worker.js', data: { __WORKER_FILE__: WORKER_FILE, __TERMS__: workerTerms(terms) } },
    [ON_DEMAND_FILE]: { template: 'on-demand.js', data: {} },
  };
}

function withInterface(policy: Policy, theme: ThemeName, languages?: readonly string[]): Record<string, Content> {
  const texts = interfaceTexts(policy, languages);
  return {
    ...withoutInterface(policy),
    [PAGE_FILE]: { template: 'page-with-interface.js', data: { ...pageData(termsOf(policy)), __INTERFACE_FILE__: INTERFACE_FILE } },
    [INTERFACE_FILE]: { template: `interface-${theme}.js`, data: { __INTERFACE__: { policy: shownPolicy(policy, Object.keys(texts)), texts } } },
  };
}

function pageData(terms: Terms): Record<string, unknown> {
  return { __WORKER_FILE__: WORKER_FILE, __ON_DEMAND_FILE__: ON_DEMAND_FILE, __TERMS__: terms };
}

/** What visitors read, and what is mirrored and sent, is the page's: the worker is started often, and has no use for it. */
function workerTerms({ revision, fingerprint, wall, lock, exclude, undeclared, months, cookie, honoursGlobalPrivacyControl, services }: Terms): object {
  const needed = services.map(({ id, need, since, withoutCredentials, namesSite, origins, cookies }) => ({ id, need, since, withoutCredentials, namesSite, origins, cookies }));
  return { revision, fingerprint, wall, lock, exclude, undeclared, months, cookie, honoursGlobalPrivacyControl, services: needed };
}

/** The templates are made by the package's own build (rollup.config.mjs). */
async function fill(name: string, { template, data }: Content): Promise<{ name: string; text: string }> {
  const text = await readFile(inPackage('dist', 'templates', template), 'utf8');
  // In parentheses: an arrow function would take an object's braces for its own.
  return { name, text: Object.entries(data).reduce((filled, [word, value]) => filled.replaceAll(word, () => `(${JSON.stringify(value)})`), text) };
}
