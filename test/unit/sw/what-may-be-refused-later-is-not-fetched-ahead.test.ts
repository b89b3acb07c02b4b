import assert from 'node:assert/strict';
import { closedCsp } from '../../../src/csp/document-csp';
import { compilePolicy } from '../../../src/compiled-policy/compiled-policy';
import { indexPolicy } from '../../../src/requests/index-policy';
import { parsePolicy } from '../../../src/policy/parse-policy';
import { asInWorkerOf } from './as-in-a-worker';

const DAY_MS = 24 * 60 * 60 * 1000;
const SITE = 'https://portal.example';
const VIDEOS = { id: 'videos', provider: 'Videos', purpose: 'third-party', origins: ['https://videos.example'] };

describe('What may be refused later is not fetched ahead', () => {
  let openDocument: typeof import('../../../sw/open-document').openDocument;

  asInWorkerOf(SITE);
  before(async () => ({ openDocument } = await import('../../../sw/open-document')));

  /** The status that the browser is answered with, when it asks for a page of the site. */
  async function status(granted: boolean, headers: Record<string, string>, more: object = {}): Promise<number> {
    const policy = compilePolicy(parsePolicy({ revision: '1', services: [VIDEOS], ...more }));
    const now = Date.now();
    const record = { id: 'id', revision: '1', decidedAt: now, expiresAt: now + DAY_MS, choices: { videos: granted } };
    const gate = {
      policy: indexPolicy(policy),
      consent: {
        refreshed: async () => {},
        of: () => ({ restored: true, record, now, globalPrivacyControl: false }),
        passes: { open() {} },
      },
      unguarded: new Set(),
      others: { mayBeNewer: () => false, closes: () => false, note() {} },
    };
    const answer = new Response('page', {
      headers: { 'Content-Type': 'text/html', 'Content-Security-Policy': closedCsp({ ...policy, wall: 'strict' }) },
    });
    const request = {
      url: `${SITE}/`,
      method: 'GET',
      destination: 'document',
      headers: new Headers(headers),
      signal: {},
    };
    const event = { request, resultingClientId: 'page' };
    return (await openDocument(event as never, gate as never, answer)).status;
  }

  const AHEAD = { 'Sec-Purpose': 'prefetch' };

  it('where it would be open to it', async () => {
    assert.equal(await status(true, AHEAD), 503);
    assert.equal(await status(true, { 'Sec-Purpose': 'prefetch;prerender' }), 503);
  });

  it('and is when it is visited, or is refused anyway', async () => {
    assert.equal(await status(true, {}), 200);
    assert.equal(await status(false, AHEAD), 200);
  });

  it('nor is anything declined where documents hold nothing', async () => {
    assert.equal(await status(true, AHEAD, { wall: 'off' }), 200);
    assert.equal(await status(true, AHEAD, { mode: 'report' }), 200);
  });
});
