import assert from 'node:assert/strict';
import fc from 'fast-check';
import { connectMatomo, type MatomoOptions } from '../../../src/adapters/matomo';
import { FakeGatekeeper, fakePage } from './fake-gatekeeper';

type Command = [method: string, ...parameters: unknown[]];

interface MatomoWindow {
  _paq?: Command[] | { push(command: Command): void };
}

/** What Matomo's script calls first, wherever it stands in the list. */
const FIRST = [
  'forgetCookieConsentGiven',
  'requireCookieConsent',
  'requireConsent',
  'setConsentGiven',
  'setCookieConsentGiven',
];

/** Matomo's tracker, as far as consent goes: it takes the list over, and holds what it may not send. */
class FakeMatomo {
  readonly sent: string[] = [];
  readonly errors: string[] = [];
  cookies = true;
  #sends = true;
  #held: string[] = [];

  constructor(remembered = false) {
    this.#remembered = remembered;
    const list = (window as MatomoWindow)._paq as Command[];
    (window as MatomoWindow)._paq = { push: (command: Command) => this.#call(command) };
    const methods = list.map(([method]) => method).filter((method) => FIRST.includes(method));
    if (new Set(methods).size < methods.length) this.errors.push('a method is registered more than once');
    for (const method of FIRST) list.filter(([name]) => name === method).forEach((command) => this.#call(command));
    list.filter(([name]) => !FIRST.includes(name)).forEach((command) => this.#call(command));
  }

  #remembered: boolean;

  #call([method, title]: Command): void {
    const calls: Record<string, () => void> = {
      requireConsent: () => {
        this.#sends = this.#remembered;
        this.cookies = this.#remembered;
      },
      setConsentGiven: () => {
        this.#sends = this.cookies = true;
        this.sent.push(...this.#held.splice(0));
      },
      forgetConsentGiven: () => {
        this.#remembered = this.#sends = this.cookies = false;
      },
      requireCookieConsent: () => (this.cookies = this.#remembered),
      setCookieConsentGiven: () => (this.cookies = true),
      forgetCookieConsentGiven: () => (this.#remembered = this.cookies = false),
      trackPageView: () => (this.#sends ? this.sent : this.#held).push(String(title)),
    };
    (calls[method] ?? assert.fail(`Matomo has no ${method}`))();
  }
}

describe('Matomo learns what the visitor permits', () => {
  let gatekeeper: FakeGatekeeper;
  let leave: () => void;

  const open = (cookie?: string) => {
    leave = fakePage(cookie);
    gatekeeper = new FakeGatekeeper();
  };
  const connect = (options: Partial<MatomoOptions> = {}) =>
    connectMatomo(gatekeeper, { service: 'matomo', ...options });
  const list = () => (window as MatomoWindow)._paq as Command[];
  const track = (title: string) => (window as MatomoWindow)._paq!.push(['trackPageView', title]);

  beforeEach(() => open());
  afterEach(() => leave());

  it('requires consent, first of all', () => {
    connect();
    assert.deepEqual(list(), [['requireConsent']]);
  });

  it('also before what the page has queued already, in the same list', () => {
    const queued: Command[] = [['trackPageView', 'home'], ['enableLinkTracking']];
    (window as MatomoWindow)._paq = queued;
    connect();
    assert.equal(list(), queued);
    assert.deepEqual(queued[0], ['requireConsent']);
  });

  it('gives it on every page to a visitor who has permitted, and lets nothing be remembered', async () => {
    connect();
    await gatekeeper.read('decided', { matomo: true });
    assert.deepEqual(list(), [['requireConsent'], ['setConsentGiven']]);
  });

  it('gives nothing to who has not, and sets no cookie for it', async () => {
    connect();
    await gatekeeper.read('undecided', {});
    gatekeeper.decide({ matomo: false });
    assert.deepEqual(list(), [['requireConsent']]);
  });

  it('lets a running Matomo send when it is permitted, and stops it when it is withdrawn', () => {
    connect();
    track('home');
    const matomo = new FakeMatomo();
    assert.deepEqual(matomo.sent, []);
    gatekeeper.decide({ matomo: true });
    assert.deepEqual(matomo.sent, ['home']);
    gatekeeper.decide({ matomo: false });
    track('dataset');
    assert.deepEqual(matomo.sent, ['home']);
    gatekeeper.decide({ matomo: true });
    assert.deepEqual(matomo.sent, ['home', 'dataset']);
  });

  it('says it once, however often other choices change', () => {
    connect();
    gatekeeper.decide({ matomo: true });
    gatekeeper.decide({ ga: true });
    gatekeeper.decide({ ga: false });
    assert.deepEqual(list(), [['requireConsent'], ['setConsentGiven']]);
  });

  it('only cookies, where the site asks for that', () => {
    connect({ consent: 'cookies' });
    const matomo = new FakeMatomo();
    track('home');
    assert.deepEqual([matomo.sent, matomo.cookies], [['home'], false]);
    gatekeeper.decide({ matomo: true });
    assert.equal(matomo.cookies, true);
    gatekeeper.decide({ matomo: false });
    assert.equal(matomo.cookies, false);
  });

  const REMEMBERED: Record<string, [Partial<MatomoOptions>, cookie: string]> = {
    tracking: [{}, 'a=b; mtm_consent=1764000000000'],
    cookies: [{ consent: 'cookies' }, 'mtm_cookie_consent=1764000000000; a=b'],
  };
  for (const [title, [options, cookie]] of Object.entries(REMEMBERED)) {
    it(`makes Matomo forget a consent that it remembers from before (${title})`, async () => {
      leave();
      open(cookie);
      connect(options);
      await gatekeeper.read('undecided', {});
      const matomo = new FakeMatomo(title === 'tracking');
      track('home');
      assert.equal(matomo.cookies, false);
      assert.deepEqual(matomo.sent, title === 'tracking' ? [] : ['home']);
      gatekeeper.decide({ matomo: true });
      assert.deepEqual([matomo.sent, matomo.cookies], [['home'], true]);
    });
  }

  it('stops when it is told to, also before the consent has been read', async () => {
    const stop = connect();
    stop();
    gatekeeper.decide({ matomo: true });
    await gatekeeper.read('decided', { matomo: true });
    assert.deepEqual(list(), [['requireConsent']]);
  });

  it('refuses a service that there is not, and never gives consent then', () => {
    assert.throws(
      () => connect({ service: 'piwik' }),
      /service: the policy does not have "piwik"\. Services of the policy: portal, ga, ads, matomo/,
    );
    gatekeeper.decide({ matomo: true });
    assert.deepEqual(list(), [['requireConsent']]);
  });

  it('whenever its script runs among the decisions: it is given consent exactly when that is permitted', () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { maxLength: 8 }),
        fc.array(fc.boolean(), { maxLength: 8 }),
        fc.constantFrom('tracking' as const, 'cookies' as const),
        (before, after, consent) => {
          leave();
          open();
          connect({ consent });
          for (const matomo of before) gatekeeper.decide({ matomo });
          const tracker = new FakeMatomo();
          assert.deepEqual(tracker.errors, []);
          assert.equal(tracker.cookies, before.at(-1) ?? false);
          for (const matomo of after) {
            gatekeeper.decide({ matomo });
            assert.equal(tracker.cookies, matomo);
          }
          track('last');
          assert.equal(tracker.sent.length, consent === 'cookies' || ([...before, ...after].at(-1) ?? false) ? 1 : 0);
        },
      ),
    );
  });
});
