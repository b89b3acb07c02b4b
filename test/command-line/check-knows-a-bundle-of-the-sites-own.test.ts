import assert from 'node:assert/strict';
import { join } from 'node:path';
import { build } from 'esbuild';
import { listen } from '../../example/listen';
import { checkServed, checkSite, lockOf, workerLockOf } from '../../src/cli/index';
import { SAMPLE } from '../unit/sample-policy';

const SOURCES = {
  page: `import { createGatekeeper } from 'cookie-gatekeeper'; createGatekeeper(${JSON.stringify(SAMPLE)}, { worker: '/sw.js' }).register();`,
  worker: `import { startGatekeeping } from 'cookie-gatekeeper/worker'; startGatekeeping(${JSON.stringify(SAMPLE)});`,
};
const HTML = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': lockOf(SAMPLE) };
const SCRIPT = { 'Content-Type': 'text/javascript', 'Cache-Control': 'no-cache' };

describe('check knows a bundle of the site’s own', () => {
  const built = { page: '', worker: '' };
  let site: BundledSite;

  before(async () => {
    built.page = await bundle(SOURCES.page);
    built.worker = await bundle(SOURCES.worker);
  });
  beforeEach(async () => {
    site = await serve(built);
  });
  afterEach(() => site.close());

  const codes = async (workerUrl?: string) =>
    (await checkSite(SAMPLE, site.url, { workerUrl })).map(({ code, fails }) => `${fails ? '!' : ''}${code}`);

  for (const [how, head] of Object.entries({
    'as a script': '<script type="module" src="/app.js"></script>',
    'as a chunk that is preloaded':
      '<script type="module" src="/entry.js"></script><link rel="modulepreload" href="/app.js">',
  }))
    it(`${how}, with the address of its worker`, async () => {
      site.head = head;
      assert.deepEqual(await codes('/sw.js'), []);
      assert.deepEqual(await codes(), ['!file-missing']);
      assert.deepEqual(
        (await checkServed(site.url, { workerUrl: '/sw.js' })).found.map(({ code }) => code),
        [],
      );
    });

  it('and asks for a bundle once, however many pages have it', async () => {
    site.head = `<script src="/app.js"></script>`;
    await codes('/sw.js');
    assert.deepEqual(
      site.asked.filter((path) => path === '/app.js'),
      ['/app.js'],
    );
  });

  it('does not ask a worker of the site’s own for the lock of ours', async () => {
    site.head = `<script src="/app.js"></script>`;
    site.workerLock = '';
    assert.deepEqual(await codes('/sw.js'), ['worker-lock-missing']);
  });

  it('and takes no other script for one', async () => {
    site.head = '<script src="/entry.js"></script><script src="/missing.js"></script>';
    assert.deepEqual(await codes('/sw.js'), ['!tag-missing']);
  });
});

interface BundledSite {
  url: URL;
  head: string;
  workerLock: string;
  asked: string[];
  close(): Promise<void>;
}

async function serve({ page, worker }: { page: string; worker: string }): Promise<BundledSite> {
  const site = { head: '', workerLock: workerLockOf(SAMPLE), asked: [] as string[] };
  const fetch = (request: Request): Response => {
    const { pathname } = new URL(request.url);
    site.asked.push(pathname);
    switch (pathname) {
      case '/':
        return new Response(`<!doctype html><head>${site.head}</head>`, { headers: HTML });
      case '/app.js':
        return new Response(page, { headers: SCRIPT });
      case '/entry.js':
        return new Response('import "./app.js";', { headers: SCRIPT });
      case '/sw.js':
        return new Response(worker, { headers: { ...SCRIPT, 'Content-Security-Policy': site.workerLock } });
      default:
        return new Response('There is no such file.', { status: 404, headers: HTML });
    }
  };
  const { port, close } = await listen({ fetch }, 0);
  return Object.assign(site, { url: new URL(`http://127.0.0.1:${port}/`), close });
}

async function bundle(source: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: join(import.meta.dirname, '..') },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
  });
  return outputFiles[0]!.text;
}
