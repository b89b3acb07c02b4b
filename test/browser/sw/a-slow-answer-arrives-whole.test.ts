import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { forEachEngine, PLAIN } from '../harness';
import { until } from '../third-party-hits';

/** Firefox ends a worker when it has been idle for so many milliseconds, then so many more if it is answering: in seconds what takes a minute. */
const IMPATIENT = {
  extraPrefsFirefox: { 'dom.serviceWorkers.idle_timeout': 500, 'dom.serviceWorkers.idle_extended_timeout': 500 },
};
/** The interval in the built worker. */
const WAKING = /(setInterval\(\w+,)1e4\)/;
/** Several times as long. */
const PIECES = 12;
const PIECE_MS = 400;

describe('A slow answer arrives whole, however long it takes', () => {
  forEachEngine(({ start }) => {
    it('a page, and a file that a link leads to', async () => {
      // The worker asks to be woken as often as its end is sooner.
      const { example, tab } = await start({
        editFile: (name, text) => (name === 'gatekeeper-sw.js' ? text.replace(WAKING, '$1150)') : text),
      });
      const slowly = (first: string, piece: (index: number) => string, headers: Record<string, string>) => () => {
        const { readable, writable } = new TextEncoderStream();
        const send = async () => {
          const writer = writable.getWriter();
          await writer.write(first);
          for (let index = 0; index < PIECES; index++) {
            await pause(PIECE_MS);
            await writer.write(piece(index));
          }
          await writer.close();
        };
        // A reader that has gone is seen by what it lacks.
        send().catch(() => {});
        return new Response(readable, { headers });
      };
      example.route(
        '/slow.csv',
        slowly('row\n', (index) => `row ${index}\n`, {
          'Content-Type': 'text/csv',
          'Content-Disposition': 'attachment; filename="slow.csv"',
        }),
      );
      example.route(
        '/slow',
        slowly('<!doctype html><script src="/gatekeeper.js"></script>', (index) => `<p>${index}</p>`, {
          'Content-Type': 'text/html; charset=utf-8',
        }),
      );
      example.page('/links', { body: '<a href="/slow.csv">Rows</a>' });
      await tab.visitGuarded(PLAIN);
      const other = await tab.another();
      await tab.visit('/links');
      await tab.page.$eval('a', (link) => link.click());
      await other.page.goto(`${example.origin}/slow`, { waitUntil: 'load' });
      assert.equal(await other.page.$$eval('p', (pieces) => pieces.length), PIECES);
      const file = join(tab.place.downloads, 'slow.csv');
      await until(
        async () => (await readFile(file, 'utf8').catch(() => '')).endsWith(`row ${PIECES - 1}\n`),
        'the file is whole',
      );
    });
  }, IMPATIENT);
});
