import assert from 'node:assert/strict';
import { compilePolicy } from '../../../src/compiled-policy/compiled-policy';
import { closedCsp } from '../../../src/csp/document-csp';
import { parsePolicy } from '../../../src/policy/parse-policy';
import { asInWorkerOf } from './as-in-a-worker';

const SITE = 'https://portal.example';
const VIDEOS = { id: 'videos', provider: 'Videos', purpose: 'third-party', origins: ['https://videos.example'] };
const MAPS = { id: 'maps', provider: 'Maps', purpose: 'necessary', origins: ['https://maps.example'] };

describe('A worker that was stopped knows the locks of open pages when it starts again', () => {
  let OtherPolicies: typeof import('../../../sw/other-policies').OtherPolicies;
  const own = compilePolicy(parsePolicy({ revision: '1', services: [VIDEOS, MAPS] }));
  const newer = compilePolicy(parsePolicy({ revision: '2', services: [MAPS] }));

  asInWorkerOf(SITE);
  before(async () => ({ OtherPolicies } = await import('../../../sw/other-policies')));

  /** What a worker of the same policy knows, which starts with what another has kept. */
  function startedAgain(before: InstanceType<typeof OtherPolicies>) {
    const others = new OtherPolicies(own.fingerprint);
    others.restore(structuredClone(before.kept));
    return others;
  }

  it('and refuses what that of a newer policy closes, also for what does not say whose it is', () => {
    const others = new OtherPolicies(own.fingerprint);
    others.note('page', closedCsp(newer));
    const again = startedAgain(others);
    for (const page of ['page', undefined]) {
      assert.equal(again.closes(page, 'videos', own), true);
      assert.equal(again.closes(page, 'maps', own), false);
    }
    assert.equal(again.closes('another', 'videos', own), false);
  });

  it('but closes nothing by one that was left behind by an older policy, or is its own by now', () => {
    const found = { older: [`${own.fingerprint}>${newer.fingerprint}`], locks: [['page', closedCsp(newer)]] };
    const others = new OtherPolicies(own.fingerprint);
    others.restore(found);
    assert.equal(others.closes(undefined, 'videos', own), false);
    const updated = new OtherPolicies(newer.fingerprint);
    updated.restore(found);
    assert.equal(updated.closes(undefined, 'videos', own), false);
  });

  it('but keeps no more of them than pages may be open', () => {
    const others = new OtherPolicies(own.fingerprint);
    for (let page = 0; page < 1000; page++) others.note(`page-${page}`, closedCsp(newer));
    const again = startedAgain(others);
    assert.equal(again.closes('page-0', 'videos', own), false);
    assert.equal(again.closes('page-999', 'videos', own), true);
  });

  it('and starts with nothing where nothing is stored', () => {
    const others = new OtherPolicies(own.fingerprint);
    others.restore(undefined);
    assert.deepEqual(others.kept, { older: [], locks: [] });
  });
});
