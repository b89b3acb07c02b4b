import assert from 'node:assert/strict';
import { indexPolicy } from '../../../src/requests/index-policy';
import { compilePolicy } from '../../../src/compiled-policy/compiled-policy';
import { lockOf } from '../../../src/cli/index';
import { parsePolicy } from '../../../src/policy/index';
import { asInWorkerOf } from '../sw/as-in-a-worker';

const SITE = 'https://site.example';
const POLICY = {
  revision: '1',
  services: [{ id: 'stats', provider: 'Stats', purpose: 'third-party', origins: ['/fr/stats/'] }],
};

describe('The address of a report starts from its document, where it is relative', () => {
  let openDocument: typeof import('../../../sw/open-document').openDocument;

  asInWorkerOf(SITE);
  before(async () => ({ openDocument } = await import('../../../sw/open-document')));

  /** The endpoints and `report-uri` that are left of a page of the site, fetched or made by the site's own worker. */
  async function left(path: string, report: string, url: string): Promise<(string | null)[]> {
    const consent = {
      refreshed: async () => {},
      of: () => ({ restored: true, record: undefined, now: Date.now(), globalPrivacyControl: false }),
    };
    const gate = {
      policy: indexPolicy(compilePolicy(parsePolicy(POLICY))),
      consent,
      unguarded: new Set(),
      others: { mayBeNewer: () => false, closes: () => false },
    };
    const headers = {
      'Content-Type': 'text/html',
      'Content-Security-Policy': `img-src *; report-uri ${report}, ${lockOf(POLICY)}`,
      'Reporting-Endpoints': `own="${report}"`,
    };
    const answer = Object.defineProperties(new Response('', { headers }), {
      url: { value: url },
      type: { value: url ? 'basic' : 'default' },
    });
    const event = {
      request: { url: SITE + path, method: 'GET', destination: 'iframe', headers: new Headers(), signal: {} },
      resultingClientId: 'page',
    };
    const response = await openDocument(event as never, gate as never, answer);
    return [
      response.headers.get('reporting-endpoints'),
      /report-uri [^;,]*/.exec(response.headers.get('content-security-policy')!)?.[0] ?? null,
    ];
  }

  for (const [how, url] of [
    ['fetched', (path: string) => SITE + path],
    ['made by the site’s own worker', () => ''],
  ] as const) {
    it(`in a page that is ${how}`, async () => {
      assert.deepEqual(await left('/fr/page', 'stats/r', url('/fr/page')), [null, null]);
      assert.deepEqual(await left('/en/page', 'stats/r', url('/en/page')), ['own="stats/r"', 'report-uri stats/r']);
      assert.deepEqual(await left('/en/page', '../fr/stats/r', url('/en/page')), [null, null]);
      assert.deepEqual(await left('/en/page', '/fr/stats/r', url('/en/page')), [null, null]);
    });
  }
});
