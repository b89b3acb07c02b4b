import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { closedCsp, workerScriptCsp } from '../csp/document-csp';
import { MARK_LENGTH } from '../page/files/mark-length';
import { askedPolicy, shownPolicy } from '../elements/shown-policy';
import { textVersion } from '../elements/texts/texts';
import type { TextsByLanguage } from '../elements/words';
import { compilePolicy, type CompiledPolicy } from '../compiled-policy/compiled-policy';
import type { Policy } from '../policy/schema';
import { askingTexts, interfaceTexts } from './interface-languages';
import { notStated } from './not-stated';
import { makeFolder } from './make-folder';
import { inPackage } from './package-folder';
import { replaceFiles } from './replace-files';
import { parseSitePolicy } from './parse-site-policy';

/** What the banner and the preferences look like: the package's own theme, or the French State's design system. */
export const THEMES = ['own', 'dsfr'] as const;
export type ThemeName = (typeof THEMES)[number];

export interface BuildOptions {
  /** Folder that the files are written to; made when it is missing. */
  out: string;
  /** Asks the visitor, in this theme, by two more files; without it, the site asks. */
  interface?: ThemeName;
  /** Languages of the interface, such as `fr`; without it French, English, and those that the policy has texts in. */
  languages?: readonly string[];
  /**
   * Folder or URL that the site serves the files from, such as `/static/`. Without it they are looked for beside
   * `gatekeeper.js`: that has to be told where it becomes part of another script.
   */
  base?: string;
  /** Address of the worker's script, such as `/gatekeeper-sw.js`, where it is not in that folder. */
  workerUrl?: string;
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
  /** The header that both are to be sent as: under `"mode": "report"`, the one that holds nothing. */
  lockHeader: 'Content-Security-Policy' | 'Content-Security-Policy-Report-Only';
  /** For the tag of `gatekeeper.js`, where the site requires it of every script: its Subresource Integrity. */
  integrity: string;
  /** Changes with `gatekeeper.js`: as the query of its address, `/gatekeeper.js?v=…`, it lets browsers keep that file. */
  version: string;
  /** What the policy does not say of its services and visitors may want to know, a line each: `youtube: privacyUrl, country`. */
  notStated: string[];
}

const PAGE_FILE = 'gatekeeper.js';
const WORKER_FILE = 'gatekeeper-sw.js';
const ON_DEMAND_FILE = 'gatekeeper-on-demand.js';
const INTERFACE_FILE = 'gatekeeper-interface.js';
const PREFERENCES_FILE = 'gatekeeper-preferences.js';
const DIAGNOSIS_FILE = 'gatekeeper-diagnosis.js';

/** What is built, before it is written anywhere. */
export interface BuiltInMemory extends Omit<Built, 'files'> {
  /** Texts by the files' names. */
  files: ReadonlyMap<string, string>;
}

/**
 * Builds the files that a site serves, with the policy inside.
 * @param policy what was read from the policy file
 * @throws {PolicyError} when the policy has mistakes; nothing is written then, and earlier files stay
 * @throws {UnknownLanguageError} when there are no texts in one of the languages
 * @throws {OccupiedPathError} when a folder is in the place of one of the files
 * @throws when they cannot be written; earlier files stay, all of them
 */
export async function build(policy: unknown, { out, ...options }: BuildOptions): Promise<Built> {
  const built = await buildInMemory(policy, options);
  await makeFolder(out);
  const files = new Map([...built.files].map(([name, text]) => [join(out, name), text]));
  await replaceFiles(files);
  return { ...built, files: [...files.keys()] };
}

/** The same, and nothing is written. @throws as `build`, but for what happens when files are written */
export async function buildInMemory(
  policy: unknown,
  { file, interface: theme, languages, base = '.', workerUrl = WORKER_FILE }: Omit<BuildOptions, 'out'>,
): Promise<BuiltInMemory> {
  const parsed = parseSitePolicy(policy, file);
  const compiled = compilePolicy(parsed);
  const texts = theme && interfaceTexts(parsed, languages);
  const loaded = await loadedFiles(parsed, theme && { theme, texts: texts! });
  const page = await fill(PAGE_FILE, {
    template: `page${parsed.lock === 'tag' ? '-tag' : ''}${theme ? '-with-interface' : ''}.js`,
    data: {
      ...Object.assign({}, ...loaded.map(({ known }) => known)),
      __WORKER_FILE__: workerUrl,
      __BASE__: base,
      __POLICY__: compiled,
    },
  });
  const worker = await fill(WORKER_FILE, {
    template: parsed.lock === 'meta' ? 'worker-meta.js' : 'worker.js',
    data: { __WORKER_FILE__: WORKER_FILE, __POLICY__: workerPolicy(compiled) },
  });
  const written = [page, worker, ...loaded, ...(texts ? [wording(parsed.revision, texts)] : [])];
  const files = new Map(written.map(({ name, text }) => [name, text]));
  const built = {
    files,
    integrity: integrityOf(page.text),
    version: versionOf(page.text),
    notStated: notStated(parsed),
    lockHeader: lockHeaderOf(parsed),
  };
  return parsed.wall === 'off'
    ? { ...built, lock: '', workerLock: '' }
    : { ...built, lock: closedCsp(compiled), workerLock: workerScriptCsp(compiled) };
}

function lockHeaderOf({ mode }: Policy): Built['lockHeader'] {
  return mode === 'report' ? 'Content-Security-Policy-Report-Only' : 'Content-Security-Policy';
}

/** What a file is made of: a template, and the data that is put into it. */
interface Content {
  template: string;
  data: Record<string, unknown>;
}

interface Filled {
  name: string;
  text: string;
}

/** A file that the page loads when it is needed, and what the page knows of it: its name and its mark. */
interface LoadedFile extends Filled {
  known: Record<string, unknown>;
}

/** What the receipts’ `text` stands for. Kept beside those of earlier builds, since each has a name of its own. */
function wording(revision: string, texts: TextsByLanguage): Filled {
  const version = textVersion(revision);
  return {
    name: `gatekeeper-texts-${version.replace(/[^\w.]+/g, '-')}.json`,
    text: `${JSON.stringify({ text: version, texts }, null, 2)}\n`,
  };
}

async function loadedFiles(
  policy: Policy,
  shown?: { theme: ThemeName; texts: TextsByLanguage },
): Promise<LoadedFile[]> {
  const diagnosis = await loadedFile('DIAGNOSIS', DIAGNOSIS_FILE, { template: 'diagnosis.js', data: {} });
  const onDemand = await loadedFile('ON_DEMAND', ON_DEMAND_FILE, { template: 'on-demand.js', data: diagnosis.known });
  if (!shown) return [onDemand, diagnosis];
  const { theme, texts } = shown;
  const policyShown = shownPolicy(policy, Object.keys(texts));
  const { asking, rest } = askingTexts(texts);
  const preferences = await loadedFile('PREFERENCES', PREFERENCES_FILE, {
    template: `preferences-${theme}.js`,
    data: { __PREFERENCES__: { services: policyShown.services, texts: rest } },
  });
  const asks = await loadedFile('INTERFACE', INTERFACE_FILE, {
    template: `interface-${theme}.js`,
    data: { ...preferences.known, __INTERFACE__: { policy: askedPolicy(policyShown), texts: asking } },
  });
  const known = { ...asks.known, __ASKING__: policyShown.asks };
  return [onDemand, diagnosis, preferences, { ...asks, known }];
}

async function loadedFile(word: string, name: string, { template, data }: Content): Promise<LoadedFile> {
  // A text cannot hold a hash of itself; its build has one that stays when a proxy makes it smaller.
  const build = hash((await fill(name, { template, data })).text).slice(0, MARK_LENGTH);
  const { text } = await fill(name, { template, data: { __BUILD__: build, ...data } });
  return { name, text, known: { [`__${word}_FILE__`]: name, [`__${word}_MARK__`]: build + integrityOf(text) } };
}

/** SHA-256 is the shortest of the three that there are, and every page has these: https://www.w3.org/TR/SRI/. */
function integrityOf(text: string): string {
  return `sha256-${hash(text)}`;
}

function versionOf(text: string): string {
  return hash(text).replace(/\W/g, '').slice(0, 8);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

/** What visitors read, and what is mirrored and sent, is the page's: the worker is started often, and has no use for it. */
function workerPolicy({
  revision,
  fingerprint,
  wall,
  reportOnly,
  lock,
  exclude,
  undeclared,
  months,
  cookie,
  globalPrivacyControl,
  services,
}: CompiledPolicy): object {
  const needed = services.map(({ id, need, since, withoutCredentials, namesSite, origins, cookies }) => ({
    id,
    need,
    since,
    withoutCredentials,
    namesSite,
    origins,
    cookies,
  }));
  return {
    revision,
    fingerprint,
    wall,
    reportOnly,
    lock,
    exclude,
    undeclared,
    months,
    cookie,
    globalPrivacyControl,
    services: needed,
  };
}

/** The templates are made by the package's own build (rollup.config.mjs). */
async function fill(name: string, { template, data }: Content): Promise<Filled> {
  const text = await readFile(inPackage('dist', 'templates', template), 'utf8');
  // In parentheses: an arrow function would take an object's braces for its own.
  return {
    name,
    text: Object.entries(data).reduce(
      (filled, [word, value]) => filled.replaceAll(word, () => `(${JSON.stringify(value)})`),
      text,
    ),
  };
}
