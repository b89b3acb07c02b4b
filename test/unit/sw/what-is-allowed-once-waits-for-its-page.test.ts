import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { OneTimeGrants } from '../../../sw/one-time-grants';

const URL = 'https://data.example.fr/page';
const SECOND_MS = 1000;

describe('What is allowed once waits for its page', () => {
  let grants: OneTimeGrants;

  beforeEach(() => {
    mock.timers.enable({ apis: ['Date'], now: Date.UTC(2026, 10, 28) });
    grants = new OneTimeGrants();
    grants.give(URL, ['youtube']);
  });
  afterEach(() => mock.timers.reset());

  it('for as long as a visitor may think about leaving it', () => {
    mock.timers.tick(20 * SECOND_MS);
    grants.open(URL, 'page');
    assert.deepEqual(grants.of('page'), ['youtube']);
  });

  it('and not for whoever opens the address later, when they have stayed', () => {
    mock.timers.tick(60 * SECOND_MS);
    grants.open(URL, 'other');
    assert.equal(grants.of('other'), undefined);
    grants.open(URL, 'another');
    assert.equal(grants.of('another'), undefined);
  });

  it('and for one page only', () => {
    grants.open(URL, 'page');
    grants.open(URL, 'other');
    assert.equal(grants.of('other'), undefined);
  });

  it('and not for what a browser fetches ahead, which is no page yet', () => {
    grants.open(URL, '');
    assert.equal(grants.of(''), undefined, 'nobody knows whose requests these are');
    grants.open(URL, 'page');
    assert.deepEqual(grants.of('page'), ['youtube']);
  });
});
