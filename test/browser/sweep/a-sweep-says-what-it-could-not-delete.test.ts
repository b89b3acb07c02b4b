import assert from 'node:assert/strict';
import { contentsOf, holdDatabase } from '../site-storage';
import { onTheSweptSite, sweepOn } from '../swept-site';
import { until } from '../third-party-hits';

const POSTHOG = { id: 'posthog', storage: ['ph_*', '__ph'] };
const GREEDY = { id: 'greedy', cookies: [{ name: '*' }], storage: ['*'] };

describe('A sweep says what it could not delete', () => {
  onTheSweptSite((visit) => {
    it('a database that a page has open; it goes when that page is closed, and the next sweep has nothing to say', async () => {
      const { open, mirror } = await visit();
      const holding = await open('/');
      await holdDatabase(holding, '__ph', { letsGo: false });
      const page = await open('/');
      const sweeping = { refused: [POSTHOG], kept: [], mirror };
      const blocked = { service: 'posthog', kind: 'indexedDB', name: '__ph', why: 'A page has it open.' };
      assert.deepEqual(await sweepOn(page, sweeping), { deleted: [], remaining: [blocked] });
      assert.deepEqual((await contentsOf(page)).indexedDB, ['__ph']);

      await holding.close();
      await until(async () => !(await contentsOf(page)).indexedDB!.length, 'the database has gone with the page');
      assert.deepEqual((await sweepOn(page, sweeping)).remaining, []);
    });

    it('a cookie that can be seen, but not replaced', async () => {
      const { openWith, mirror } = await visit();
      const page = await openWith(['ph_1=1; Path=/'], '/');
      // As consent managers and extensions do that keep scripts from setting cookies.
      await page.evaluate(() => {
        const { get } = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')!;
        Object.defineProperty(Document.prototype, 'cookie', { get, set() {} });
      });
      const { deleted, remaining } = await sweepOn(page, { refused: [GREEDY], kept: [], mirror });
      assert.deepEqual(deleted, []);
      assert.deepEqual(remaining, [
        { service: 'greedy', kind: 'cookie', name: 'ph_1', why: 'No script can delete it; the server may.' },
      ]);
    });

    it('everything, by its patterns, in a frame that may not look', async () => {
      const { open, mirror } = await visit();
      const page = await open('/');
      // Its module comes from a Blob: the frame has no origin to load it from.
      const { deleted, remaining } = await page.evaluate(
        async (sweeping) => {
          const source = await (await fetch('/sweep.js')).text();
          const frame = document.createElement('iframe');
          frame.setAttribute('sandbox', 'allow-scripts');
          frame.srcdoc = `<script type="module">
          const { sweep, undeclaredCookies } = await import(URL.createObjectURL(new Blob([${JSON.stringify(source).replaceAll('<', '\\u003c')}], { type: 'text/javascript' })));
          undeclaredCookies([], '');
          parent.postMessage(await sweep(${JSON.stringify(sweeping)}), '*');
        </script>`;
          const answered = new Promise<MessageEvent<Awaited<ReturnType<Window['sweeper']['sweep']>>>>((resolve) =>
            window.addEventListener('message', resolve, { once: true }),
          );
          document.body.append(frame);
          return (await answered).data;
        },
        { refused: [GREEDY], kept: [], mirror },
      );
      assert.deepEqual(deleted, []);
      assert.deepEqual(remaining.map(({ kind, name }) => `${kind} ${name}`).sort(), [
        'cache *',
        'cookie *',
        'indexedDB *',
        'localStorage *',
        'sessionStorage *',
      ]);
      for (const { why } of remaining) assert.match(why, /sandbox|insecure|denied/i);
    });
  });
});
