import assert from 'node:assert/strict';
import type { Page } from 'puppeteer';
import { onTheSweptSite, seenBy, sweepOn } from '../swept-site';

/** Sixteen services with sixty whole names, and as many patterns. */
const SERVICES = Array.from({ length: 16 }, (_, service) => ({
  id: `s${service}`,
  cookies: [
    ...Array.from({ length: 60 }, (_, name) => ({ name: `_name${name}` })).filter((_, name) => name % 16 === service),
    { name: `_s${service}_*` },
  ],
  storage: [`s${service}_*`, `s${service}`],
}));

interface Counted {
  writes: number;
  reads: number;
  /** Names of cookies that were set, by anybody. */
  set: string[];
  /** Changes of cookies that the page was told of. */
  changes: number;
  opened: string[];
}

describe('A sweep works for what is there, not for what could be', () => {
  onTheSweptSite((visit, engine) => {
    for (const secure of [true, false]) {
      it(`finds nothing without setting any cookie${secure ? '' : ', on http too'}`, async () => {
        const { open, mirror } = await visit();
        const page = await open('/explore/dataset/air', secure);
        await count(page);
        assert.deepEqual(await sweepOn(page, { refused: SERVICES, kept: [], mirror }), { deleted: [], remaining: [] });
        const { writes, reads, set, changes } = await counted(page);
        assert.deepEqual({ writes, set, changes }, { writes: 0, set: [], changes: 0 });
        assert.ok(reads <= 3, `${reads} reads of document.cookie`);
      });
    }

    it('writes for the cookies that are there only', async () => {
      const { openWith, mirror, context } = await visit();
      const left = ['_s1_x=1; Path=/', '_name7=1; Path=/; Domain=ville.localhost', '_s2_deep=1; Path=/explore'];
      const page = await openWith(
        [...left, 'session=1; Path=/', '_hidden=1; Path=/; HttpOnly'],
        '/explore/dataset/air',
      );
      await count(page);
      const { deleted } = await sweepOn(page, { refused: SERVICES, kept: [], mirror });
      assert.equal(deleted.length, 3);
      assert.deepEqual(await seenBy(page), ['session']);
      const { writes, set, changes } = await counted(page);
      assert.deepEqual(set, []);
      assert.equal(changes, 3, 'one for each that has gone');
      // Only Chromium tells where a cookie is set.
      assert.ok(writes <= (engine === 'chromium' ? 3 : 60), `${writes} writes`);
      assert.deepEqual((await context.cookies()).map(({ name }) => name).sort(), ['_hidden', 'session']);
    });

    it('asks for cookies of other folders once for each that the policy declares', async () => {
      const { openWith, mirror, context } = await visit();
      const page = await openWith(['_map=1; Path=/map; Domain=data.ville.localhost'], '/explore');
      await count(page);
      await sweepOn(page, {
        refused: [
          {
            id: 'map',
            cookies: [
              { name: '_map', path: '/map' },
              { name: '_name', path: '/explore' },
            ],
          },
        ],
        kept: [],
        mirror,
      });
      assert.deepEqual(await context.cookies(), []);
      const { writes, set } = await counted(page);
      assert.deepEqual(set, []);
      assert.ok(writes <= 15, `${writes} writes`);
    });

    it('a thousand names in storage cost no more than reading them', async () => {
      const { open, mirror } = await visit();
      const page = await open('/');
      await page.evaluate(() => {
        for (let index = 0; index < 1000; index++)
          localStorage.setItem(`${index % 2 ? 's3_' : 'portal_'}${index}`, '1');
      });
      await count(page);
      const { deleted, remaining } = await sweepOn(page, {
        refused: SERVICES,
        kept: [{ id: 'kept', storage: ['s3_1'] }],
        mirror,
      });
      assert.equal(deleted.length, 499);
      assert.deepEqual(remaining, []);
      assert.equal(await page.evaluate(() => localStorage.length), 501);
      assert.equal((await counted(page)).writes, 0);
    });

    it('looks into no storage that no refused service has', async () => {
      const { open, mirror } = await visit();
      const page = await open('/');
      await count(page);
      await sweepOn(page, { refused: [{ id: 's', cookies: [{ name: '_s' }] }], kept: [], mirror });
      assert.deepEqual((await counted(page)).opened, []);
    });
  });
});

/** Counts what is done with cookies on a page from now on, and where it looks. */
function count(page: Page): Promise<void> {
  return page.evaluate(() => {
    const counted: Counted = { writes: 0, reads: 0, set: [], changes: 0, opened: [] };
    (window as unknown as { counted: Counted }).counted = counted;
    const { get, set } = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')!;
    Object.defineProperty(document, 'cookie', {
      get() {
        counted.reads++;
        return get!.call(document);
      },
      set(cookie: string) {
        counted.writes++;
        set!.call(document, cookie);
      },
    });
    const { cookieStore } = window as Partial<Window>;
    cookieStore?.addEventListener('change', ({ changed, deleted }) => {
      counted.changes += [...changed, ...deleted].filter(({ name }) => name !== 'the-end').length;
      counted.set.push(...changed.map(({ name }) => name!).filter((name) => name !== 'the-end'));
    });
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
      const { get: open } = Object.getOwnPropertyDescriptor(window, name) ?? {};
      if (!open) continue;
      Object.defineProperty(window, name, {
        get() {
          counted.opened.push(name);
          return open.call(window);
        },
      });
    }
  });
}

/** What was counted, once the page has been told of all changes so far. */
async function counted(page: Page): Promise<Counted> {
  return page.evaluate(async () => {
    const { counted } = window as unknown as { counted: Counted };
    const before = structuredClone(counted);
    const { cookieStore } = window as Partial<Window>;
    if (!cookieStore) return before;
    const told = new Promise<void>((resolve) => {
      cookieStore.addEventListener(
        'change',
        ({ changed }) => changed.some(({ name }) => name === 'the-end') && resolve(),
      );
    });
    await cookieStore.set('the-end', '1');
    await told;
    await cookieStore.delete('the-end');
    return { ...before, set: counted.set, changes: counted.changes };
  });
}
