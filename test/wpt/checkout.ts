import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The suite of theirs that is run. */
const SUITE = 'service-workers/service-worker';
/** What the server, and the tests that are run, need of a checkout. */
const NEEDED = [SUITE, 'tools/serve/serve.py', 'resources/testharness.js', 'common', 'fetch', 'images', 'media'];

const HOW_TO_GET_ONE = `Get web-platform-tests (https://github.com/web-platform-tests/wpt) once, some 200 MB:

  git clone --depth 1 --filter=blob:none --sparse https://github.com/web-platform-tests/wpt
  cd wpt
  git sparse-checkout set service-workers resources common fetch images media tools cookies html xhr workers \\
    websockets fonts content-security-policy/support interfaces

and name the folder: WPT=/path/to/wpt npm run test:wpt. It needs Python 3.8 or later, and nothing else.`;

/** A page of theirs with tests. */
export interface TestPage {
  /** Path below the suite's folder, as it is asked for: `claim-fetch.https.html`, `x.any.serviceworker.html`. */
  name: string;
  /** Path and query on their server. */
  path: string;
  protocol: 'http' | 'https' | 'h2';
}

/** @throws with how to get a checkout, when there is none at that path */
export function checkedOut(folder: string | undefined): string {
  if (!folder)
    throw new Error(`Where is a checkout of web-platform-tests? Nothing in WPT names one.\n\n${HOW_TO_GET_ONE}`);
  const missing = NEEDED.filter((path) => !existsSync(join(folder, path)));
  if (missing.length > 0) throw new Error(`WPT=${folder} lacks ${missing.join(', ')}.\n\n${HOW_TO_GET_ONE}`);
  return folder;
}

/** All pages of the suite that report results by themselves: no manual ones, references, or such as only must not crash. */
export function testPages(checkout: string): TestPage[] {
  return readdirSync(join(checkout, SUITE), { recursive: true, encoding: 'utf8' })
    .filter((file) => !/(^|\/)(resources|support)\//.test(file))
    .sort()
    .flatMap((file) => pagesOf(file, join(checkout, SUITE, file)));
}

function pagesOf(file: string, path: string): TestPage[] {
  if (/-(manual|crash|ref|reftest)\./.test(file)) return [];
  if (/\.(any|window)\.js$/.test(file))
    return globalsOf(readFileSync(path, 'utf8'))
      .map((global) => page(file.replace(/\.any\.js$/, `.any${global}.html`).replace(/\.js$/, '.html')))
      .filter(unique);
  if (!/\.html$/.test(file)) return [];
  const text = readFileSync(path, 'utf8');
  if (!text.includes('testharness.js')) return [];
  const variants = [...text.matchAll(/<meta name="?variant"? content="([^"]*)"/g)].map(([, query]) => query!);
  return (variants.length > 0 ? variants : ['']).map((query) => page(file, query));
}

/** Where a script of theirs is run: what follows `.any` in the page's name. */
function globalsOf(script: string): string[] {
  const named = /^\/\/ META: global=(.*)$/m.exec(script)?.[1]?.split(',') ?? ['window', 'dedicatedworker'];
  const pages: Record<string, string[]> = {
    window: [''],
    dedicatedworker: ['.worker'],
    'dedicatedworker-module': ['.worker-module'],
    sharedworker: ['.sharedworker'],
    'sharedworker-module': ['.sharedworker-module'],
    serviceworker: ['.serviceworker'],
    'serviceworker-module': ['.serviceworker-module'],
    worker: ['.worker', '.sharedworker', '.serviceworker'],
  };
  return named.flatMap((name) => pages[name.trim()] ?? []);
}

function page(file: string, query = ''): TestPage {
  const name = file + query;
  return {
    name,
    path: `/${SUITE}/${name}`,
    protocol: protocolOf(file),
  };
}

/** @see https://web-platform-tests.org/writing-tests/file-names.html */
function protocolOf(file: string): TestPage['protocol'] {
  if (/\.h2\./.test(file)) return 'h2';
  return /\.(https|serviceworker)/.test(file) ? 'https' : 'http';
}

function unique(page: TestPage, index: number, pages: TestPage[]): boolean {
  return pages.findIndex(({ name }) => name === page.name) === index;
}
