import assert from 'node:assert/strict';
import { buildFiles, type BuiltFileName } from '../../../example/built-files';
import { listen } from '../../../example/listen';
import { forEachEngine, type StartVisit, type Visit } from '../harness';
import { assertNothingReached, hits, nothingArrives, received, until } from '../third-party-hits';
import { pressIn } from './asking-page';

const PAGE = '/tagged';

describe('A page that only its tag guards is opened by it, to what the mirror shows', () => {
  forEachEngine(({ start }) => {
    it('in a browser without service workers, until consent is withdrawn', async () => {
      const { example, tab } = await startTagged(start, '/gatekeeper.js');
      const { partner } = example.thirdParties;
      await tab.page.evaluateOnNewDocument('delete Navigator.prototype.serviceWorker');
      await tab.visit(PAGE);
      await tab.page.waitForSelector('cookie-banner button');
      assertNothingReached(example, 'partner');
      await tab.reloadedBy(() => pressIn(tab, 'Accept all', 'cookie-banner'));
      await until(() => hits(partner) === 2, 'the frame and the script have arrived');

      await tab.withdraw();
      partner.requests.length = 0;
      await tab.visit(PAGE);
      await tab.quiet();
      assertNothingReached(example, 'partner');
    });

    it('where nobody serves the worker', async () => {
      const { example, tab } = await startTagged(start, '/gatekeeper.js');
      example.setFile('gatekeeper-sw.js', () => '');
      await tab.visit(PAGE);
      await tab.page.waitForSelector('cookie-banner button');
      await tab.reloadedBy(() => pressIn(tab, 'Accept all', 'cookie-banner'));
      await until(() => hits(example.thirdParties.partner) === 2, 'the frame and the script have arrived');
    });

    it('also where the mirror says more than what is stored: what is stored counts', async () => {
      const { example, tab } = await startTagged(start, '/gatekeeper.js');
      await tab.page.evaluateOnNewDocument('delete Navigator.prototype.serviceWorker');
      await tab.visit(PAGE);
      await tab.refuseAll();
      await tab.page.evaluate(() => {
        const [, value] = /cookies_preferences=([^;]*)/.exec(document.cookie)!;
        const mirror = { ...JSON.parse(decodeURIComponent(value!)), partner: true };
        document.cookie = `cookies_preferences=${encodeURIComponent(JSON.stringify(mirror))};path=/`;
      });
      await tab.visit(PAGE);
      await tab.page.waitForFunction(() => window.gatekeeper.consent.state === 'decided');
      assert.equal(await tab.allows('partner'), false);
      const { partner } = example.thirdParties;
      await tab.page.evaluate((origin) => void (new Image().src = `${origin}/image/late`), partner.origin);
      await tab.quiet();
      assert.deepEqual(
        received(partner).filter(({ path }) => path !== '/frame/a'),
        [],
      );
    });

    it('from another host, whose files it lets in, and nothing else of that host', async () => {
      const { example, tab, policy } = await startTagged(start, '/nowhere.js');
      const files = await serveFiles(policy);
      try {
        example.route(PAGE, () => tagged(example, `${files.origin}/of-us/gatekeeper.js`, `${files.origin}/other.gif`));
        await tab.visit(PAGE);
        await tab.page.waitForSelector('cookie-banner button');
        await tab.quiet();
        assertNothingReached(example, 'partner');
        await tab.reloadedBy(() => pressIn(tab, 'Accept all', 'cookie-banner'));
        await until(() => hits(example.thirdParties.partner) === 2, 'the frame and the script have arrived');
        assert.deepEqual(
          files.asked.filter((path) => !path.startsWith('/of-us/')),
          [],
        );
      } finally {
        await files.close();
      }
    });

    it('and where its own files are refused, it does not ask for them over and over', async () => {
      const { example, tab, policy } = await startTagged(start, '/nowhere.js');
      const files = await serveFiles(policy);
      try {
        example.route(PAGE, () => {
          const page = tagged(example, '/gatekeeper.js" data-base="' + `${files.origin}/of-us/`);
          page.headers.set(
            'Content-Security-Policy',
            `default-src 'self' 'unsafe-inline'; report-to cookie-gatekeeper`,
          );
          return page;
        });
        await tab.page.evaluateOnNewDocument(() => {
          const counted = Object.assign(window, { refusals: 0 });
          document.addEventListener('securitypolicyviolation', ({ blockedURI }) => {
            if (blockedURI.includes('on-demand')) counted.refusals++;
          });
        });
        await tab.visit(PAGE);
        const refusals = () => tab.page.evaluate(() => (window as unknown as { refusals: number }).refusals);
        await until(async () => (await refusals()) > 0, 'it is refused');
        for (let times = 0; times < 5; times++) await nothingArrives(example);
        const before = await refusals();
        for (let times = 0; times < 5; times++) await nothingArrives(example);
        assert.equal(await refusals(), before);
        assert.deepEqual(files.asked, []);
      } finally {
        await files.close();
      }
    });
  });
});

async function startTagged(start: StartVisit, script: string): Promise<Visit & { policy: unknown }> {
  let policy: unknown;
  const visit = await start({ lock: 'none', interface: 'own', editPolicy: (written) => (policy = written) });
  visit.example.route(PAGE, () => tagged(visit.example, script));
  return { ...visit, policy };
}

function tagged({ thirdParties }: Visit['example'], script: string, late = ''): Response {
  const { origin } = thirdParties.partner;
  const image = late && `<script>addEventListener('load', () => (new Image().src = '${late}'))</script>`;
  return new Response(
    `<!doctype html><html lang="en"><head><script src="${script}"></script></head><body>${image}
<iframe src="${origin}/frame/a" width="600" height="400"></iframe>
<script type="text/plain" data-service="partner" src="${origin}/script/inert.js"></script></body></html>`,
    { headers: { 'Content-Type': 'text/html; charset=utf-8' } },
  );
}

/** Serves the gatekeeper's files from another host, as a CDN would. */
async function serveFiles(policy: unknown) {
  const { text } = await buildFiles(policy, 'own');
  const asked: string[] = [];
  const { port, close } = await listen(
    {
      fetch: ({ url }: Request) => {
        const { pathname } = new URL(url);
        asked.push(pathname);
        const file = text[pathname.replace('/of-us/', '') as BuiltFileName];
        return new Response(file || 'nothing here', {
          status: file ? 200 : 404,
          headers: { 'Content-Type': 'text/javascript', 'Access-Control-Allow-Origin': '*' },
        });
      },
    },
    0,
  );
  return { origin: `http://127.0.0.1:${port}`, asked, close };
}
