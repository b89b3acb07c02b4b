import assert from 'node:assert/strict';
import { once } from 'node:events';
import {
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { keyedListener } from '../../../src/server/index';
import { launch, type Engine } from '../../browsers';
import { selfSigned } from '../self-signed';
import { until } from '../third-party-hits';

type Answer = (request: Http2ServerRequest, response: Http2ServerResponse) => void;

/** How long a page takes after its hints: preloads are to begin before it is there. */
const THINKING_MS = 600;

describe('What a secure server says beside its pages reaches nobody who is refused', () => {
  const { key, cert, fingerprint } = selfSigned();
  const servers: Http2SecureServer[] = [];

  async function serve(host: string, answer: Answer): Promise<string> {
    const server = createSecureServer({ key, cert, allowHTTP1: true }, answer);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    servers.push(server);
    return `https://${host}:${(server.address() as AddressInfo).port}`;
  }

  function start(engine: Engine) {
    if (engine === 'firefox') return launch(engine, { acceptInsecureCerts: true });
    // Chromium takes no error log from a site whose certificate it was only told to put up with.
    return launch(engine, {
      args: [`--ignore-certificate-errors-spki-list=${fingerprint}`, '--short-reporting-delay'],
    });
  }

  after(() => servers.forEach((server) => server.close()));

  for (const engine of ['chromium', 'firefox'] as const) {
    it(`in ${engine}: preloads of early hints, and reports of visits`, async function () {
      // A browser may take longer to report than is waited for. What gets out of the guarded page is seen in every try.
      this.retries(4);
      const received: string[] = [];
      const thirdParty = await serve('127.0.0.1', (request, response) => {
        received.push(request.url);
        response
          .writeHead(200, {
            'Content-Type': 'image/png',
            'Access-Control-Allow-Origin': '*',
            'Access-Control-Allow-Headers': '*',
          })
          .end();
      });
      const page =
        (name: string): Answer =>
        async (_request, response) => {
          response.writeEarlyHints({ link: `<${thirdParty}/${name}/hinted>; rel=preload; as=image` });
          response.setHeader('Content-Type', 'text/html');
          response.setHeader('NEL', '{"report_to":"visits","max_age":60,"success_fraction":1}');
          response.setHeader(
            'Report-To',
            `{"group":"visits","max_age":60,"endpoints":[{"url":"${thirdParty}/${name}/reported"}]}`,
          );
          setTimeout(() => response.writeHead(200).end('<!doctype html><title>a page</title>'), THINKING_MS);
        };
      const keyed = keyedListener({
        revision: '1',
        services: [{ id: 'partner', provider: 'Partner', purpose: 'third-party', origins: [thirdParty] }],
      });
      const guarded = await serve('localhost', (request, response) =>
        keyed(request, response, () => page('guarded')(request, response)),
      );
      const open = await serve('localhost', page('open'));
      const expected = engine === 'chromium' ? ['/open/hinted', '/open/reported'] : ['/open/hinted'];

      const browser = await start(engine);
      try {
        const tab = await browser.newPage();
        // What the first would send has arrived by the time that all of the other's has.
        await tab.goto(guarded);
        await tab.goto(open);
        await until(() => expected.every((path) => received.includes(path)), 'an unguarded page sent everything');
        assert.deepEqual(
          received.filter((path) => path.startsWith('/guarded')),
          [],
        );
      } finally {
        await browser.close();
      }
    });
  }
});
