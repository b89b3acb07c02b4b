import assert from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import { commandLine } from './command-line';

describe('The command line writes a worker that goes', () => {
  const { succeed, fail, misuse, write, read, list } = commandLine();

  /** Runs it as a browser does, at an address. @returns what it listens to, and what it has done when all that has happened */
  async function run(pathname: string): Promise<{ listened: string[]; done: string[] }> {
    const done: string[] = [];
    const listeners = new Map<string, (event: unknown) => void>();
    const waiting: unknown[] = [];
    const self = {
      addEventListener: (type: string, listener: (event: unknown) => void) => listeners.set(type, listener),
      skipWaiting: () => void done.push('skipWaiting'),
      registration: { unregister: () => void done.push('unregister') },
    };
    runInNewContext(read('public', 'gatekeeper-sw.js'), { self, location: { pathname } });
    for (const type of ['install', 'activate'])
      listeners.get(type)?.({ waitUntil: (promise: unknown) => void waiting.push(promise) });
    await Promise.all(waiting);
    return { listened: [...listeners.keys()], done };
  }

  it('in the place of the one that is there: it takes over at once, unregisters itself, and answers nothing', async () => {
    assert.match(succeed('uninstall', '--out', 'public'), /Wrote public\/gatekeeper-sw\.js\.\nTake the tag/);
    assert.deepEqual(list('public'), ['gatekeeper-sw.js']);
    for (const path of ['/gatekeeper-sw.js', '/static/gatekeeper-sw.js'])
      assert.deepEqual(await run(path), { listened: ['install', 'activate'], done: ['skipWaiting', 'unregister'] });
  });

  it('but not where a worker of the site’s own imports it', async () => {
    succeed('uninstall', '--out', 'public');
    assert.deepEqual(await run('/sw.js'), { listened: [], done: [] });
  });

  it('and touches nothing else of what was built', () => {
    write('policy.json', JSON.stringify({ revision: '1', services: [] }));
    succeed('build', 'policy.json', '--out', 'public');
    const page = read('public', 'gatekeeper.js');
    const before = list('public');
    succeed('uninstall', '--out', 'public');
    assert.deepEqual(list('public'), before);
    assert.equal(read('public', 'gatekeeper.js'), page);
    assert.match(read('public', 'gatekeeper-sw.js'), /taken off this site/);
  });

  it('or says what is missing', () => {
    assert.match(misuse('uninstall'), /say where to write the file: npx cookie-gatekeeper uninstall --out public\//);
    assert.match(misuse('uninstall', 'public/'), /"uninstall" takes nothing but options/);
    write('file', '');
    assert.match(fail('uninstall', '--out', 'file/public'), /could not be written to.*Name a folder/);
  });
});
