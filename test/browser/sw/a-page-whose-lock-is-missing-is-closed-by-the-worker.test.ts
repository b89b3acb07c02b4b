import assert from 'node:assert/strict';
import { forEachEngine, PLAIN, type StartVisit, type Visit } from '../harness';
import { assertNothingReached, countAfresh, hits, received, until } from '../third-party-hits';

/** The portal's server adds its lock to what begins with `text/html`. */
const UNLOCKED = { 'Content-Type': 'Text/HTML; charset=utf-8' };
/** As it is written on sites: beside the other files, under a name with a hash, or as a part of another script. */
const TAGS = {
  'the tag': '<script src="/gatekeeper.js"></script>',
  'the tag after a long head': `<meta name="description" content="${'long '.repeat(2_000)}"><link rel="stylesheet" href="data:text/css,"><script src=gatekeeper.js?v=1 defer></script>`,
  'a tag that says where the files are': '<script type="module" src="/bundle.js" data-base="/"></script>',
};

describe('A page whose lock is missing is closed by the worker, which sees the script tag in it', () => {
  forEachEngine(({ start }) => {
    for (const [name, tag] of Object.entries(TAGS))
      it(`before its HTML names anybody: ${name}`, async () => {
        const visit = await startUnlocked(start);
        const { example, tab } = visit;
        example.route('/bundle.js', () => new Response('', { headers: { 'Content-Type': 'text/javascript' } }));
        example.route('/page', () => unlocked(`${tag}<title>Page</title></head><body>${contentOf(visit)}`));
        await tab.visitGuarded(PLAIN);
        await tab.goto(`${example.origin}/page`);
        await tab.quiet();
        assertNothingReached(example, 'partner');
      });

    it('also where the tag comes late, and in a frame', async () => {
      const visit = await startUnlocked(start);
      const { example, tab } = visit;
      example.route('/late', () =>
        inPieces([
          '<!doctype html><html><head>',
          '<title>Late</title><scri',
          `pt src="/gatekeeper.js"></script>${contentOf(visit)}`,
        ]),
      );
      example.page('/embedding', { body: '<iframe src="/late"></iframe>' });
      await tab.visitGuarded(PLAIN);
      await tab.goto(`${example.origin}/late`);
      await tab.visit('/embedding');
      await tab.quiet();
      assertNothingReached(example, 'partner');
    });

    it('and opened by it to what is permitted', async () => {
      const visit = await startUnlocked(start);
      const { example, tab } = visit;
      example.route('/page', () => unlocked(`${TAGS['the tag']}</head><body>${contentOf(visit)}`));
      await tab.visitGuarded(PLAIN);
      await tab.set({ partner: true });
      await tab.visit('/page');
      await until(() => hits(example.thirdParties.partner) === 3, 'everything arrives');
    });

    it('and left alone where the tag is only written about', async () => {
      const visit = await startUnlocked(start);
      const { example, tab } = visit;
      const { partner } = example.thirdParties;
      const written = {
        'in a comment': `<!-- ${TAGS['the tag']} -->`,
        'in a script': `<script>const tag = '<script src="/gatekeeper.js">';</script>`,
        'in the text': `</head><body><p>Write:</p><textarea>${TAGS['the tag']}</textarea>`,
      };
      await tab.visitGuarded(PLAIN);
      for (const [where, html] of Object.entries(written)) {
        countAfresh(example);
        example.route('/page', () => unlocked(`${html}${contentOf(visit)}`));
        await tab.goto(`${example.origin}/page`);
        await until(() => hits(partner) === 3, `everything arrives: ${where}`);
      }
      assert.equal(received(partner).length, 3);
    });

    it('while what somebody else sends bit by bit is shown as it comes', async () => {
      const { example, tab } = await startUnlocked(start);
      let end = () => {};
      const ended = new Promise<void>((resolve) => (end = resolve));
      example.route('/log', () => inPieces(['<pre>first', ' second'], ended));
      await tab.visitGuarded(PLAIN);
      const whole = tab.goto(`${example.origin}/log`);
      await tab.page.waitForFunction(() => document.body?.textContent?.includes('second'));
      end();
      await whole;
    });
  });
});

/** A portal that was to send its lock, and does so on the pages that the tests do not add. */
async function startUnlocked(start: StartVisit): Promise<Visit> {
  return start({ policy: { lock: 'header' } });
}

function unlocked(html: string): Response {
  return new Response(`<!doctype html><html><head>${html}`, { headers: UNLOCKED });
}

/** A frame, an image and a script of the partner's. */
function contentOf({ example }: Visit): string {
  const { origin } = example.thirdParties.partner;
  return `<iframe src="${origin}/frame/one"></iframe><img src="${origin}/image/one.svg"><script src="${origin}/script/one.js"></script>`;
}

/** Sends HTML in pieces, and ends it when that is due. */
function inPieces(pieces: string[], ended: Promise<void> = Promise.resolve()): Response {
  const left = pieces.map((piece) => new TextEncoder().encode(piece));
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = left.shift();
      if (next) return controller.enqueue(next);
      await ended;
      controller.close();
    },
  });
  return new Response(body, { headers: UNLOCKED });
}
