import assert from 'node:assert/strict';
import type { Receipt } from '../../../../src/page/index';
import { forEachEngine, PLAIN } from '../../harness';
import { countAfresh, received, until } from '../../third-party-hits';

const RECEIPTS = '/consent-receipts';
const OPTIONAL = ['posthog', 'plausible', 'eulerian', 'recently-viewed', 'youtube', 'partner'];

describe('The consent to one service can be taken back', () => {
  forEachEngine(({ start }) => {
    it('alone: the others stay as they are, for as long as they were, and the receipt says what was done', async () => {
      const { example, tab } = await start({ lock: 'none', policy: { wall: 'off', receipts: RECEIPTS } });
      const posted: Receipt[] = [];
      example.route(RECEIPTS, async (request) => {
        const receipt = (await request.json()) as Receipt;
        posted.push(receipt);
        return Response.json({ id: receipt.id }, { status: 201 });
      });
      await tab.visitGuarded(PLAIN);
      await tab.acceptAll();
      const { record: before } = await tab.consent();
      countAfresh(example);

      await tab.withdraw('youtube');
      const { record, choices, state } = await tab.consent();
      assert.deepEqual(record!.choices, { ...Object.fromEntries(OPTIONAL.map((id) => [id, true])), youtube: false });
      assert.equal(choices['youtube'], false);
      assert.equal(state, 'decided');
      assert.equal(record!.expiresAt, before!.expiresAt);
      assert.equal(await tab.fetches('youtube', '/withdrawn'), 'refused');
      assert.equal(await tab.fetches('partner', '/permitted'), 'sent');
      await tab.quiet();
      assert.deepEqual(received(example.thirdParties.youtube), []);

      await until(() => posted.length === 2, 'both receipts were sent');
      const receipt = await tab.page.evaluate(() => window.gatekeeper.receipt());
      assert.deepEqual(posted[1], JSON.parse(JSON.stringify(receipt)));
      assert.equal(receipt!.choices['youtube'], false);
      assert.deepEqual(
        posted.map(({ action }) => action),
        ['accept-all', 'withdraw'],
      );
    });
  });
});
