import assert from 'node:assert/strict';
import fc from 'fast-check';
import { connectGoogleConsentMode, type GoogleSignal } from '../../../src/adapters/google-consent-mode';
import { SAMPLE } from '../sample-policy';
import { parsePolicy } from '../../../src/policy/index';
import { FakeGatekeeper, fakePage } from './fake-gatekeeper';

const DENIED = {
  ad_storage: 'denied',
  ad_user_data: 'denied',
  ad_personalization: 'denied',
  analytics_storage: 'denied',
  functionality_storage: 'denied',
  personalization_storage: 'denied',
  security_storage: 'denied',
};

interface GoogleWindow {
  dataLayer?: unknown[];
  google_tag_manager?: unknown;
}

/** What Google's tags make of their queue: commands are `arguments`, and arrays are not. */
function commands(): unknown[][] {
  const layer = (window as GoogleWindow).dataLayer ?? [];
  return layer
    .filter((entry) => Object.prototype.toString.call(entry) === '[object Arguments]')
    .map((entry) => [...(entry as IArguments)] as unknown[]);
}

describe('Google learns what the visitor permits', () => {
  let gatekeeper: FakeGatekeeper;
  let leave: () => void;

  beforeEach(() => {
    leave = fakePage();
    gatekeeper = new FakeGatekeeper();
  });
  afterEach(() => leave());

  const connect = () =>
    connectGoogleConsentMode(gatekeeper, {
      signals: { analytics_storage: 'ga', ad_storage: ['ga', 'ads'], security_storage: 'portal' },
    });
  const granted = () => {
    const [, , state] = commands().at(-1)!;
    return Object.entries(state as object)
      .filter(([, value]) => value === 'granted')
      .map(([signal]) => signal);
  };

  it('denies everything before anything else, and asks the tags to wait for the stored consent', () => {
    connect();
    assert.deepEqual(commands(), [['consent', 'default', { ...DENIED, wait_for_update: 1000 }]]);
    assert.equal((window as GoogleWindow).dataLayer!.length, 1);
  });

  it('also before what the page has queued already', () => {
    const queued = [{ 'gtm.start': 1, event: 'gtm.js' }];
    (window as GoogleWindow).dataLayer = queued;
    connect();
    assert.equal((window as GoogleWindow).dataLayer, queued, 'others hold the same list');
    assert.equal(queued.length, 2);
    assert.equal((queued[0] as unknown as IArguments)[1], 'default');
  });

  it('and behind it when Google has taken the queue over: only what is pushed is seen', () => {
    Object.assign(window, { google_tag_manager: {}, dataLayer: [{ event: 'gtm.load' }] });
    connect();
    assert.equal(((window as GoogleWindow).dataLayer![1] as IArguments)[1], 'default');
  });

  it('waits as long as the site says', () => {
    connectGoogleConsentMode(gatekeeper, { signals: {}, waitForUpdate: 250 });
    assert.deepEqual(commands(), [['consent', 'default', { ...DENIED, wait_for_update: 250 }]]);
  });

  it('grants what a returning visitor permits, when it has been read', async () => {
    connect();
    await gatekeeper.read('decided', { ga: true });
    assert.equal(commands().length, 2);
    assert.deepEqual(commands()[1], [
      'consent',
      'update',
      { ...DENIED, analytics_storage: 'granted', security_storage: 'granted' },
    ]);
  });

  it('grants a signal only when all of its services are permitted', () => {
    connect();
    gatekeeper.decide({ ads: true });
    assert.deepEqual(granted(), ['security_storage']);
    gatekeeper.decide({ ga: true });
    assert.deepEqual(granted(), ['ad_storage', 'analytics_storage', 'security_storage']);
  });

  it('takes back what is withdrawn', () => {
    connect();
    gatekeeper.decide({ ga: true, ads: true });
    gatekeeper.decide({ ga: false, ads: false });
    assert.deepEqual(
      commands().map(([, verb]) => verb),
      ['default', 'update', 'update'],
    );
    assert.deepEqual(granted(), ['security_storage']);
  });

  it('says so when everything is refused: tags need not wait', async () => {
    connectGoogleConsentMode(gatekeeper, { signals: { analytics_storage: 'ga' } });
    await gatekeeper.read('decided', {});
    assert.deepEqual(commands()[1], ['consent', 'update', DENIED]);
  });

  it('says nothing for who has not decided', async () => {
    connectGoogleConsentMode(gatekeeper, { signals: { analytics_storage: 'ga' } });
    await gatekeeper.read('undecided', {});
    assert.equal(commands().length, 1);
  });

  it('takes purposes for all of their services', () => {
    const policy = parsePolicy(SAMPLE);
    Object.assign(gatekeeper.consent.choices, Object.fromEntries(policy.services.map(({ id }) => [id, false])));
    connectGoogleConsentMode(gatekeeper, { signals: { analytics_storage: { purpose: 'statistics' } }, policy });
    gatekeeper.decide({ matomo: true });
    assert.deepEqual(granted(), []);
    gatekeeper.decide({ audience: true });
    assert.deepEqual(granted(), ['analytics_storage']);
  });

  it('stops when it is told to, also before the consent has been read', async () => {
    const stop = connect();
    gatekeeper.decide({ ga: true });
    stop();
    gatekeeper.decide({ ga: false });
    await gatekeeper.read('decided', { ga: false });
    assert.equal(commands().length, 2);
  });

  const WRONG: Record<string, [signals: object, said: RegExp]> = {
    'a service that there is not': [
      { ad_storage: ['ga', 'gaa'] },
      /signals\.ad_storage: the policy does not have "gaa"\. Services of the policy: portal, ga, ads, matomo/,
    ],
    'several of them': [{ ad_storage: ['x', 'y'] }, /"x", "y"/],
    'no service at all, which would always be granted': [{ ad_storage: [] }, /signals\.ad_storage: names no service/],
    'a signal that there is not': [{ ad_storge: 'ga' }, /no signal "ad_storge".*ad_storage/],
    'a signal that is inherited': [{ constructor: 'ga' }, /no signal "constructor"/],
    'a purpose without a policy': [{ ad_storage: { purpose: 'statistics' } }, /purpose "statistics".*"policy"/],
  };
  for (const [title, [signals, said]] of Object.entries(WRONG)) {
    it(`refuses ${title}, and leaves everything denied`, () => {
      assert.throws(() => connectGoogleConsentMode(gatekeeper, { signals }), said);
      gatekeeper.decide({ ga: true, ads: true, portal: true });
      assert.deepEqual(commands(), [['consent', 'default', { ...DENIED, wait_for_update: 1000 }]]);
    });
  }

  it('refuses a purpose that no service has', () => {
    const policy = parsePolicy(SAMPLE);
    assert.throws(
      () => connectGoogleConsentMode(gatekeeper, { signals: { ad_storage: { purpose: 'advertising' } }, policy }),
      /purpose "advertising"\. There are necessary, statistics, third-party/,
    );
  });

  it('at any time: the last word grants exactly what is permitted', () => {
    const anyMapping = fc.dictionary(
      fc.constantFrom(...(Object.keys(DENIED) as GoogleSignal[])),
      fc.uniqueArray(fc.constantFrom('ga', 'ads', 'matomo'), { minLength: 1 }),
    );
    const anyChoices = fc.array(fc.dictionary(fc.constantFrom('ga', 'ads', 'matomo'), fc.boolean()), { minLength: 1 });
    fc.assert(
      fc.property(anyMapping, anyChoices, (signals, decisions) => {
        leave();
        leave = fakePage();
        gatekeeper = new FakeGatekeeper();
        connectGoogleConsentMode(gatekeeper, { signals });
        for (const choices of decisions) {
          gatekeeper.decide(choices);
          const expected = Object.keys(DENIED).filter((signal) =>
            signals[signal as GoogleSignal]?.every((id) => gatekeeper.allows(id)),
          );
          assert.deepEqual(granted(), expected);
        }
      }),
    );
  });
});
