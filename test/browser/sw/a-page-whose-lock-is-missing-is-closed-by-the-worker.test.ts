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
  'the tag with a ">" in it': '<script onerror="() => console.error()" src="/gatekeeper.js"></script>',
  'the tag after what stood in heads once': `<basefont size="2"><bgsound><noframes></noframes><script src="/gatekeeper.js"></script>`,
};
/** It runs when the whole page is there: until then, nobody but the worker closes it. */
const LATE_TAG = '<script src="/gatekeeper.js" defer></script>';
const UTF16_MARK = '\ufeff';

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

    it('in UTF-16, and whatever else its answer says of it', async () => {
      const visit = await startUnlocked(start);
      const { example, tab } = visit;
      const html = `<!doctype html><html><head>${LATE_TAG}</head><body>${contentOf(visit)}`;
      example.route('/utf-16', () => {
        const bytes = new Uint8Array(Buffer.from(`${UTF16_MARK}${html}`, 'utf16le'));
        return new Response(bytes, { headers: { 'Content-Type': 'Text/HTML; charset=utf-16' } });
      });
      example.route('/choices', () => new Response(html, { status: 300, headers: UNLOCKED }));
      example.route('/beyond-http', () => ofStatus(999, new Response(html, { headers: UNLOCKED })));
      await tab.visitGuarded(PLAIN);
      for (const path of ['/utf-16', '/choices', '/beyond-http']) await tab.goto(`${example.origin}${path}`);
      await tab.quiet();
      assertNothingReached(example, 'partner');
    });

    it('also after somebody has gone to it and away again, before it asked for a password', async () => {
      const visit = await startUnlocked(start);
      const { example, tab } = visit;
      let answerFirst!: () => void;
      let asked = 0;
      const isDue = new Promise<void>((resolve) => (answerFirst = resolve));
      example.route('/page', async () => {
        if (asked++ > 0) return unlocked(`${LATE_TAG}</head><body>${contentOf(visit)}`);
        await isDue;
        return new Response('', { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="Site"' } });
      });
      await tab.visitGuarded(PLAIN);
      await tab.page.evaluate(() => {
        location.href = '/page';
      });
      await until(() => asked > 0, 'it was asked for');
      await tab.goto(`${example.origin}${PLAIN}`);
      answerFirst();
      await tab.quiet();
      await tab.goto(`${example.origin}/page`);
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

/** As servers send it, and no program can make it: a copy is one of the platform's, which the server's library reads. */
function ofStatus(status: number, response: Response): Response {
  return Object.defineProperty(response.clone(), 'status', { value: status });
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
