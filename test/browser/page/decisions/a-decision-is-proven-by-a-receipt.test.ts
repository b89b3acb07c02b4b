import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Receipt } from '../../../../src/page/index';
import { receiveReceipts } from '../../../../src/server/index';
import { forEachEngine, PLAIN, type StartVisit, type VisitOptions } from '../../harness';
import { store, storedConsent } from '../../stored-consent';
import type { Tab } from '../../tab';
import { until } from '../../third-party-hits';

const PATH = '/consent-receipts';

describe('A decision is proven by a receipt', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cookie-gatekeeper-receipts-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  forEachEngine(({ start }) => {
    it('that the visitor can have, and the server gets once, without anything that says who', async () => {
      const { tab, posted } = await withReceipts(start, folder);
      await tab.visit(PLAIN);
      assert.equal(await tab.page.evaluate(() => window.gatekeeper.receipt()), undefined);
      await tab.page.evaluate(() => window.gatekeeper.set({ youtube: true }, { language: 'fr', text: 'banner 3' }));
      const receipt = (await tab.page.evaluate(() => window.gatekeeper.receipt())) as Receipt;
      await until(async () => (await kept(folder)).length === 1, 'the receipt was stored');
      const [stored] = await kept(folder);
      assert.deepEqual(stored, JSON.parse(JSON.stringify(receipt)));
      assert.equal(stored!.action, 'choose');
      assert.equal(stored!.choices['youtube'], true);
      assert.equal(stored!.language, 'fr');
      assert.equal(stored!.text, 'banner 3');
      assert.deepEqual(
        posted.map(({ headers }) => headers.get('cookie')),
        [null],
      );
    });

    it('for each: accepting, refusing, withdrawing, in the language of the page', async () => {
      const { tab } = await withReceipts(start, folder);
      await tab.visit(PLAIN);
      await tab.acceptAll();
      await tab.reload();
      await tab.refuseAll();
      await tab.withdraw();
      await until(async () => (await kept(folder)).length === 3, 'three receipts were stored');
      const receipts = (await kept(folder)).sort((a, b) => a.time - b.time);
      assert.deepEqual(
        receipts.map(({ action }) => action),
        ['accept-all', 'refuse-all', 'withdraw'],
      );
      assert.deepEqual(new Set(receipts.map(({ language }) => language)), new Set(['en']));
    });

    it('that is kept while the server fails, through restarts of the worker, until it is stored', async () => {
      let failing = true;
      const { tab, posted } = await withReceipts(start, folder, () =>
        failing ? new Response(null, { status: 503 }) : undefined,
      );
      await tab.visit(PLAIN);
      await tab.set({ youtube: true });
      await tab.set({ youtube: false });
      await until(() => posted.length >= 2, 'the receipts were sent in vain');
      await tab.page.evaluate(async () => {
        for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
      });
      assert.deepEqual(await kept(folder), []);
      failing = false;
      await tab.visit(PLAIN);
      await until(async () => (await kept(folder)).length === 2, 'both receipts were stored');
      // A worker whose answer was on its way when another was started may have sent one twice.
      await tab.visit(PLAIN);
      await tab.quiet();
      const sent = posted.length;
      await tab.visit(PLAIN);
      await tab.quiet();
      assert.equal(posted.length, sent, 'what is stored is not sent again');
    });

    it('that is sent when the browser is online again, without another page', async () => {
      const { tab } = await withReceipts(start, folder);
      await tab.visit(PLAIN);
      await tab.acceptAll();
      await until(async () => (await kept(folder)).length === 1, 'the first receipt was stored');
      await tab.page.setOfflineMode(true);
      await tab.set({ youtube: false });
      assert.equal(await tab.page.evaluate(unsentReceipts), 1);
      await tab.page.setOfflineMode(false);
      await until(async () => (await kept(folder)).length === 2, 'the receipt was stored');
    });

    it('of what it can prove: a text or a language that no receipt can have is an error, and nothing is decided', async () => {
      const { tab } = await withReceipts(start, folder);
      await tab.visit(PLAIN);
      for (const shown of [
        { text: 'x'.repeat(10_001) },
        { text: '' },
        { text: 'a\u0000b' },
        { language: 'x'.repeat(101) },
      ]) {
        assert.match(
          await tab.page.evaluate(
            (shown) => window.gatekeeper.set({ youtube: true }, shown).then(() => '', String),
            shown,
          ),
          /^TypeError: cookie-gatekeeper: shown: write a language/,
        );
      }
      assert.equal((await tab.consent()).state, 'undecided');
      await tab.page.evaluate(() => (document.documentElement.lang = 'x'.repeat(101)));
      await tab.page.evaluate(() => window.gatekeeper.set({ youtube: true }, { text: 'é'.repeat(10_000) }));
      await until(async () => (await kept(folder)).length === 1, 'the longest text was stored');
      assert.equal(
        (await kept(folder))[0]!.language,
        await tab.page.evaluate(() => navigator.language),
        'where the page’s is none',
      );
    });

    for (const status of [400, 413, 415, 422]) {
      it(`that is not sent again when the server refuses it for what it is: ${status}`, async () => {
        const { tab, posted } = await withReceipts(start, folder, () => new Response('Not a receipt.', { status }));
        await tab.visit(PLAIN);
        await tab.set({ youtube: true });
        await until(() => tab.page.evaluate(unsentReceipts).then((unsent) => unsent === 0), 'the receipt was given up');
        await tab.visit(PLAIN);
        await tab.quiet();
        assert.equal(posted.length, 1);
        assert.equal(
          (await tab.page.evaluate(() => window.gatekeeper.receipt()))?.choices['youtube'],
          true,
          'the visitor has it still',
        );
      });
    }

    it('that is kept when something else answers in the server’s place: a login, or a page for everything', async () => {
      let answer: (() => Response) | undefined = () => Response.redirect(new URL('/plain', posted[0]!.url), 302);
      const { tab, posted } = await withReceipts(start, folder, () => answer?.());
      await tab.visit(PLAIN);
      await tab.set({ youtube: true });
      await until(() => posted.length > 0, 'the receipt was redirected');
      for (const elsewhere of [
        () => new Response('<!doctype html><title>Log in</title>', { headers: { 'Content-Type': 'text/html' } }),
        () => Response.json({ ok: true }),
        () => new Response(null, { status: 204 }),
      ]) {
        answer = elsewhere;
        const before = posted.length;
        await tab.visit(PLAIN);
        await until(() => posted.length > before, 'the receipt was sent again');
      }
      answer = undefined;
      await tab.visit(PLAIN);
      await until(async () => (await kept(folder)).length === 1, 'the receipt was stored');
    });

    it('that a page which was closed while it sent it leaves to the next page, and that is kept once', async () => {
      let answers = false;
      const { tab, posted } = await withReceipts(start, folder, (receive) =>
        answers ? undefined : receive().then(() => new Promise<never>(() => {})),
      );
      const other = await tab.another();
      await other.visit(PLAIN);
      await tab.visit(PLAIN);
      await tab.set({ youtube: true });
      await until(async () => (await kept(folder)).length === 1, 'the receipt was stored, and not acknowledged');
      await tab.page.close();
      answers = true;
      await other.visit(PLAIN);
      await until(() => posted.length > 1, 'the receipt was sent again');
      await until(
        () => other.page.evaluate(unsentReceipts).then((unsent) => unsent === 0),
        'the browser knows that it was taken',
      );
      const sent = posted.length;
      await other.visit(PLAIN);
      await other.quiet();
      assert.equal(posted.length, sent, 'what is stored is not sent again');
      assert.equal((await kept(folder)).length, 1);
    });

    it('that waits with all others when the path fails: sixty decisions on three pages are a few requests, and arrive in their order', async () => {
      let failing = true;
      const { tab, posted } = await withReceipts(start, folder, () =>
        failing ? new Response(null, { status: posted.length % 2 ? 500 : 404 }) : undefined,
      );
      for (let page = 0; page < 3; page += 1) {
        await tab.visit(PLAIN);
        await tab.page.evaluate(async () => {
          for (let n = 0; n < 20; n += 1) await window.gatekeeper.set({ youtube: n % 2 === 0 });
        });
      }
      assert.equal(await tab.page.evaluate(unsentReceipts), 60);
      assert.ok(posted.length <= 12, `${posted.length} requests`);
      const first = await posted[0]!.clone().text();
      for (const request of posted) assert.equal(await request.clone().text(), first, 'the oldest is tried');
      failing = false;
      posted.length = 0;
      await skipPause(tab);
      await tab.visit(PLAIN);
      await until(async () => (await kept(folder)).length === 60, 'all receipts were stored');
      const times = await Promise.all(posted.map(async (request) => ((await request.clone().json()) as Receipt).time));
      assert.deepEqual(
        times,
        times.toSorted((a, b) => a - b),
      );
    });

    it('that is sent again when the server said, by a page that is open then', async () => {
      let answer: Response | undefined = new Response(null, { status: 429, headers: { 'Retry-After': '3' } });
      const { tab, posted } = await withReceipts(start, folder, () => answer?.clone());
      await tab.visit(PLAIN);
      await tab.set({ youtube: true });
      await until(() => posted.length === 1, 'the receipt was sent');
      const failed = Date.now();
      answer = undefined;
      await tab.visit(PLAIN);
      await tab.set({ youtube: false });
      await until(async () => (await kept(folder)).length === 2, 'both receipts were stored');
      assert.ok(Date.now() - failed > 2000, 'not before');
      assert.equal(posted.length, 3);
    });

    it('that does not wait for one from a clock that was ahead', async () => {
      const { tab, posted } = await withReceipts(start, folder);
      await tab.visit(PLAIN);
      const ahead = {
        id: crypto.randomUUID(),
        time: Date.now() + 48 * 3600_000,
        revision: '1',
        choices: { youtube: true },
        action: 'choose' as const,
      };
      await store(tab, storedConsent({ unsent: [ahead] }));
      await tab.visit(PLAIN);
      await tab.set({ youtube: false });
      await until(async () => (await kept(folder)).length === 1, 'the other was stored');
      await until(
        () => tab.page.evaluate(unsentReceipts).then((unsent) => unsent === 1),
        'the browser knows that it was taken',
      );
      assert.equal(posted.length, 1);
    });

    it('also where the browser has no locks, and no secure context', async () => {
      const { tab, posted } = await withReceipts(
        start,
        folder,
        () => (posted.length === 1 ? new Response(null, { status: 503 }) : undefined),
        insecure,
      );
      await tab.page.goto(tab.place.example.origin + PLAIN);
      await tab.page.evaluate(() =>
        Promise.all([1, 2, 3].map((n) => window.gatekeeper.set({ youtube: n === 2 }).catch(() => {}))),
      );
      await until(async () => (await kept(folder)).length === 3, 'all receipts were stored');
      assert.equal(posted.length, 4, 'each once, and the first again');
      assert.deepEqual(tab.errors, []);
    });

    it('also where no worker can be had: the page sends it itself', async () => {
      const { tab } = await withReceipts(start, folder, undefined, (name, text) =>
        name === 'gatekeeper.js' ? `delete Navigator.prototype.serviceWorker;\n${text}` : text,
      );
      assert.equal(await tab.visit(PLAIN), 'unsupported');
      await tab.set({ youtube: false });
      await until(async () => (await kept(folder)).length === 1, 'the receipt was stored');
    });
  });
});

/** Takes away what browsers have in secure contexts only. */
function insecure(name: string, text: string): string {
  return name === 'gatekeeper.js'
    ? `delete Navigator.prototype.serviceWorker; delete Navigator.prototype.locks; delete Crypto.prototype.randomUUID;\n${text}`
    : text;
}

/** As if the browser had not been there for a while. */
async function skipPause(tab: Tab): Promise<void> {
  await tab.page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('cookie-gatekeeper');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const records = opening.result.transaction('consent', 'readwrite').objectStore('consent');
          const reading = records.get('record');
          reading.onsuccess = () =>
            records.put({ ...reading.result, pause: { ...reading.result.pause, until: 0 } }, 'record');
          records.transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
  );
}

/** @param elsewhere answers in the place of the handler, if it gives an answer */
async function withReceipts(
  start: StartVisit,
  folder: string,
  elsewhere: (receive: () => Promise<Response>) => Response | Promise<Response> | undefined = () => undefined,
  editFile?: VisitOptions['editFile'],
) {
  const { example, tab } = await start({ lock: 'none', policy: { receipts: PATH, wall: 'off' }, editFile });
  const receive = receiveReceipts(folder);
  const posted: Request[] = [];
  example.route(PATH, (request) => {
    posted.push(request.clone());
    return elsewhere(() => receive(request.clone())) ?? receive(request);
  });
  return { example, tab, posted };
}

async function kept(folder: string): Promise<Receipt[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  return Promise.all(files.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as Receipt));
}

/** Runs in a page: how many receipts the browser still has to send. */
function unsentReceipts(): Promise<number> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('cookie-gatekeeper');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const reading = opening.result.transaction('consent').objectStore('consent').get('record');
      reading.onsuccess = () => {
        opening.result.close();
        resolve(reading.result.unsent.length);
      };
    };
  });
}
