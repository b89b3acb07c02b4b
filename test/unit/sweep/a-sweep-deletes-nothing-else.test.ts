import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sweep } from '../../../src/sweep/sweep';
import { ownerOf, type Kind, type Sweepable, type SweepScope } from '../../../src/sweep/sweep-scope';
import { undeclaredCookies } from '../../../src/sweep/undeclared-cookies';

const KINDS: Kind[] = ['cookie', 'localStorage', 'sessionStorage', 'indexedDB', 'cache'];
type Contents = Record<Kind, string[]>;

/** A browser with names in every place, and what is left of them. */
class FakeBrowser {
  readonly left: Record<Kind, Set<string>>;

  constructor(contents: Contents) {
    this.left = Object.fromEntries(KINDS.map((kind) => [kind, new Set(contents[kind])])) as Record<Kind, Set<string>>;
  }

  /** What a page sees as globals. */
  get globals(): Record<string, () => unknown> {
    const { cookie, localStorage, sessionStorage, indexedDB, cache } = this.left;
    const document = Object.create({
      get cookie() {
        return [...cookie].map((name) => `${name}=1`).join('; ');
      },
      set cookie(assigned: string) {
        assert.match(assigned, /=; Max-Age=0; Path=\//);
        cookie.delete(assigned.split('=')[0]!);
      },
    });
    const caches = { keys: async () => [...cache], delete: async (name: string) => cache.delete(name) };
    const storage = (names: Set<string>) => ({
      get length() {
        return names.size;
      },
      key: (index: number) => [...names][index],
      removeItem: (name: string) => void names.delete(name),
    });
    const factory = {
      databases: async () => [...indexedDB].map((name) => ({ name, version: 3 })),
      deleteDatabase(name: string) {
        const request = { onsuccess: (_: { oldVersion: number }) => {} };
        queueMicrotask(() => request.onsuccess({ oldVersion: indexedDB.delete(name) ? 3 : 0 }));
        return request;
      },
    };
    return {
      document: () => document,
      location: () => ({ hostname: 'localhost', pathname: '/' }),
      localStorage: () => storage(localStorage),
      sessionStorage: () => storage(sessionStorage),
      indexedDB: () => factory,
      caches: () => caches,
      window: () => ({ caches }),
    };
  }
}

/** Runs something in a browser whose globals are these, getters all. */
async function within<T>(globals: Record<string, () => unknown>, act: () => T | Promise<T>): Promise<T> {
  const before = Object.keys(globals).map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const);
  for (const [name, get] of Object.entries(globals))
    Object.defineProperty(globalThis, name, { get, configurable: true });
  try {
    return await act();
  } finally {
    for (const [name, descriptor] of before) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      else Reflect.deleteProperty(globalThis, name);
    }
  }
}

const anyName = fc.string({ unit: fc.constantFrom('a', 'b', '_', '.'), minLength: 1, maxLength: 5 });
const anyPattern = fc.string({ unit: fc.constantFrom('a', 'b', '_', '.', '*'), minLength: 1, maxLength: 5 });
const anyServices = fc
  .array(
    fc.record({
      cookies: fc.array(fc.record({ name: anyPattern }), { maxLength: 3 }),
      storage: fc.array(anyPattern, { maxLength: 3 }),
    }),
    { maxLength: 3 },
  )
  .map((services): Sweepable[] => services.map((service, index) => ({ id: `s${index}`, ...service })));
const anySweeping: fc.Arbitrary<SweepScope> = fc.record({
  refused: anyServices,
  kept: anyServices,
  mirror: fc.constantFrom('a', 'a_b'),
});
const anyNames = fc.uniqueArray(
  fc.oneof(anyName, fc.constantFrom('a_b', 'cookie-gatekeeper', 'cookie-gatekeeper:reloaded')),
  { maxLength: 8 },
);
const anyContents: fc.Arbitrary<Contents> = fc.record({
  cookie: anyNames,
  localStorage: anyNames,
  sessionStorage: anyNames,
  indexedDB: anyNames,
  cache: anyNames,
});

describe('A sweep deletes nothing else', () => {
  it('than what refused services declare and nobody who stays, and reports all of that', async () => {
    await fc.assert(
      fc.asyncProperty(anyContents, anySweeping, async (contents, sweeping) => {
        const browser = new FakeBrowser(contents);
        const { deleted, remaining } = await within(browser.globals, () => sweep(sweeping));
        assert.deepEqual(remaining, []);
        for (const kind of KINDS) {
          const goes = (name: string) => ownerOf(name, kind, sweeping) !== undefined;
          assert.deepEqual(
            [...browser.left[kind]],
            contents[kind].filter((name) => !goes(name)),
            kind,
          );
          assert.deepEqual(
            new Set(deleted.filter((trace) => trace.kind === kind).map(({ name }) => name)),
            new Set(contents[kind].filter(goes)),
            kind,
          );
        }
        for (const { service, kind, name } of deleted) assert.equal(service, ownerOf(name, kind, sweeping)?.id);
      }),
      { numRuns: 300 },
    );
  });

  const refused: Sweepable[] = [{ id: 'posthog', cookies: [{ name: 'ph_*' }], storage: ['ph_*', '__ph'] }];
  const sweeping = { refused, kept: [], mirror: 'cookies_preferences' };

  it('and never throws: what nobody may look at is reported by its patterns', async () => {
    const forbidden = () => {
      throw new DOMException('Access is denied for this document.', 'SecurityError');
    };
    const { globals } = new FakeBrowser({ cookie: [], localStorage: [], sessionStorage: [], indexedDB: [], cache: [] });
    const names = [...Object.keys(globals).filter((name) => name !== 'window'), 'window'];
    const { deleted, remaining } = await within(Object.fromEntries(names.map((name) => [name, forbidden])), () =>
      sweep(sweeping),
    );
    assert.deepEqual(deleted, []);
    const expected = KINDS.flatMap((kind) =>
      (kind === 'cookie' ? ['ph_*'] : ['ph_*', '__ph']).map((name) => ({
        service: 'posthog',
        kind,
        name,
        why: 'Access is denied for this document.',
      })),
    );
    assert.deepEqual(
      new Set(remaining.map((trace) => JSON.stringify(trace))),
      new Set(expected.map((trace) => JSON.stringify(trace))),
    );
    assert.deepEqual(
      await within({ document: forbidden }, () => undeclaredCookies(refused, 'cookies_preferences')),
      [],
    );
  });

  it('and tries whole names where the browser does not list its databases', async () => {
    const browser = new FakeBrowser({
      cookie: [],
      localStorage: [],
      sessionStorage: [],
      indexedDB: ['__ph', 'ph_1', 'else'],
      cache: [],
    });
    const { databases, ...unlisted } = browser.globals.indexedDB!() as IDBFactory;
    const { deleted, remaining } = await within({ ...browser.globals, indexedDB: () => unlisted }, () =>
      sweep(sweeping),
    );
    assert.ok(databases);
    assert.deepEqual([...browser.left.indexedDB], ['ph_1', 'else']);
    assert.deepEqual(deleted, [{ service: 'posthog', kind: 'indexedDB', name: '__ph' }]);
    assert.deepEqual(remaining, []);
  });

  it('and does not wait for a database that does not answer', async () => {
    const browser = new FakeBrowser({
      cookie: [],
      localStorage: ['ph_1'],
      sessionStorage: [],
      indexedDB: ['__ph'],
      cache: [],
    });
    const factory = browser.globals.indexedDB!() as IDBFactory;
    const hanging = { databases: factory.databases, deleteDatabase: () => ({}) };
    const { deleted, remaining } = await within({ ...browser.globals, indexedDB: () => hanging }, () =>
      sweep(sweeping),
    );
    assert.deepEqual(deleted, [{ service: 'posthog', kind: 'localStorage', name: 'ph_1' }]);
    assert.deepEqual(remaining, [
      { service: 'posthog', kind: 'indexedDB', name: '__ph', why: 'No answer within 1000 ms.' },
    ]);
  });
});
