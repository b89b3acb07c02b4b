import assert from 'node:assert/strict';
import { forEachEngine, PLAIN } from './harness';
import { withSockets } from './leaving';
import { assertNothingReached, countAfresh, until } from './third-party-hits';

/** By which browsers show a document, or look into what they have: none of them is a type, or none that says what it is. */
const TYPES = ['foo', 'text/xsl', 'application/x-unknown-content-type'];
const REFUSED_FRAMES = 5;

describe('Whatever an answer is called, what runs of it is closed', () => {
  forEachEngine(({ engine, start }) => {
    it('the script of a worker that comes as a file to save, and frames of odd types, where the site sends no lock', async () => {
      const { example, tab } = await start({ editPolicy: withSockets, lock: 'none' });
      const { partner } = example.thirdParties;
      const leave = (way: string) =>
        `try { new WebSocket('${partner.origin.replace('http', 'ws')}/socket/${way}') } catch {}`;
      const saved = { 'Content-Type': 'text/javascript', 'Content-Disposition': 'attachment' };
      example.route('/saved.js', () => new Response(`${leave('worker')}; postMessage('there')`, { headers: saved }));
      TYPES.forEach((type, i) =>
        example.route(
          `/typed/${i}`,
          () =>
            new Response(
              `<html xmlns="http://www.w3.org/1999/xhtml"><body><iframe src="${partner.origin}/frame/${i}"></iframe><script>${leave(type)}</script></body></html>`,
              { headers: { 'Content-Type': type } },
            ),
        ),
      );
      await tab.visitGuarded(PLAIN);
      await tab.refuseAll();
      await tab.visit(PLAIN);
      countAfresh(example);
      await tab.page.evaluate(async (frames) => {
        for (let i = 0; i < frames; i++)
          document.body.append(Object.assign(document.createElement('iframe'), { src: `/typed/${i}` }));
        await new Promise((resolve) => (new Worker('/saved.js').onmessage = resolve));
      }, TYPES.length);
      await tab.quiet();
      assertNothingReached(example, 'partner');
    });

    it('frames on a path of the site that is refused: nobody is asked for them, and the worker stays', async () => {
      const { example, tab } = await start({
        editPolicy: (policy) => ({
          ...policy,
          services: [
            ...policy.services,
            { id: 'hidden', provider: 'Hidden', purpose: 'third-party', origins: ['/hidden/'] },
          ],
        }),
      });
      let asked = 0;
      example.route('/hidden/frame', () => {
        asked++;
        return new Response('<p>Hidden', { headers: { 'Content-Type': 'text/html' } });
      });
      await tab.visitGuarded(PLAIN);
      await tab.refuseAll();
      await tab.visit(PLAIN);
      for (let i = 0; i < REFUSED_FRAMES; i++)
        await tab.page.evaluate(
          (i) =>
            new Promise((resolve) => {
              const frame = document.createElement('iframe');
              Object.assign(frame, { src: `/hidden/frame?${i}`, onload: resolve });
              document.body.append(frame);
            }),
          i,
        );
      await tab.quiet();
      assert.equal(asked, 0, `${engine} has asked`);
      await tab.visit(PLAIN);
      await until(() => tab.page.evaluate(() => !!navigator.serviceWorker.controller), 'the worker is there');
    });
  });
});
