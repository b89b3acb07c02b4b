import assert from 'node:assert/strict';
import fc from 'fast-check';
import { changeInMirror, readMirror, showsRecord } from '../../../src/consent/mirror';
import { mirrorAssignments } from '../../../src/consent/mirror-assignments';
import { mirrorWarning } from '../../../src/consent/mirror-warning';
import type { Choices } from '../../../src/consent/record';
import { indexPolicy } from '../../../src/requests/index-policy';
import { compilePolicy, type CompiledPolicy } from '../../../src/compiled-policy/compiled-policy';
import type { PolicyError } from '../../../src/policy/index';
import { parsePolicy, type Policy } from '../../../src/policy/index';
import { serverKey } from '../../../src/server/index';
import { DAY, MIRRORED, NOW, recordOf, SAMPLE } from '../sample-policy';

const NAME = 'cookies_preferences';
const encoded = (value: unknown) => encodeURIComponent(JSON.stringify(value));
const SHARED: CompiledPolicy = { ...MIRRORED, cookieDomain: 'example.fr', adoptsMirror: true };
const REFUSED = recordOf({ matomo: false, youtube: false }, { decidedAt: NOW });

/** A browser's cookies as a page of one host sees them: what is too long, or of another domain, is dropped without a word. */
class Browser {
  readonly #jar = new Map<string, string>();
  constructor(readonly host: string) {}

  get cookies(): string {
    return [...this.#jar.values()].join('; ');
  }
  assign(text: string): void {
    const [pair, ...attributes] = text.split('; ');
    const attribute = (name: string) => attributes.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1);
    const domain = attribute('Domain');
    if (pair!.length - 1 > 4096 || (domain && !`.${this.host}`.endsWith(`.${domain}`))) return;
    const key = `${pair!.split('=')[0]} ${domain ?? ''}`;
    this.#jar.delete(key);
    if (Date.parse(attribute('Expires') ?? '9999-01-01') > NOW) this.#jar.set(key, pair!);
  }
  mirror(policy: CompiledPolicy, record = REFUSED): void {
    for (const assignment of mirrorAssignments(record, this.cookies, policy, NOW, true)) this.assign(assignment);
  }
}

/** A cookie of as many bytes as a browser keeps, that says yes. */
const full = (yes: object) => {
  const mirror = (padding: number) =>
    `${NAME}=${encoded({ ...yes, timestamp: NOW - DAY, padding: 'x'.repeat(padding) })}`;
  return mirror(4096 - mirror(0).length);
};

describe('A mirror never keeps a yes that was taken back', () => {
  let browser: Browser;
  beforeEach(() => (browser = new Browser('data.example.fr')));

  it('when somebody has filled the cookie up: the keys of others go', () => {
    browser.assign(full({ matomo: true, youtube: true }));
    assert.equal(readMirror(browser.cookies, NAME)!['youtube'], true);
    browser.mirror(MIRRORED);
    assert.deepEqual(readMirror(browser.cookies, NAME), {
      matomo: false,
      youtube: false,
      timestamp: NOW,
      expires: REFUSED.expiresAt,
    });
    assert.equal(mirrorWarning(REFUSED, MIRRORED, browser.cookies, browser.host), undefined);
  });

  it('and the server’s key closes with it', () => {
    const policy = compilePolicy(parsePolicy(SAMPLE));
    const turn = serverKey(SAMPLE);
    const csp = () => turn({ cookie: browser.cookies }, NOW)!['Content-Security-Policy']!;
    browser.assign(full({ matomo: true, youtube: true }));
    assert.match(csp(), /youtube/);
    browser.mirror(policy, recordOf({ matomo: false, youtube: false, audience: false }, { decidedAt: NOW }));
    assert.doesNotMatch(csp(), /youtube/);
  });

  it('nor one that somebody else writes into it, without saying when', () => {
    browser.mirror(MIRRORED);
    assert.equal(showsRecord(browser.cookies, REFUSED, MIRRORED), true);
    for (const change of [
      { youtube: true },
      { ga: true },
      { matomo: 0 },
      { timestamp: NOW - 1 },
      { timestamp: undefined },
    ]) {
      browser.assign(`${NAME}=${encoded({ ...readMirror(browser.cookies, NAME), ...change })}`);
      assert.equal(showsRecord(browser.cookies, REFUSED, MIRRORED), false, JSON.stringify(change));
      browser.mirror(MIRRORED);
      assert.equal(showsRecord(browser.cookies, REFUSED, MIRRORED), true);
    }
    assert.equal(showsRecord('', REFUSED, MIRRORED), false);
  });

  it('while there is room, the keys of others stay', () => {
    browser.assign(`${NAME}=${encoded({ functional_cookies: true, youtube: true, timestamp: 1 })}`);
    browser.mirror(MIRRORED);
    assert.deepEqual(readMirror(browser.cookies, NAME), {
      functional_cookies: true,
      matomo: false,
      youtube: false,
      timestamp: NOW,
      expires: REFUSED.expiresAt,
    });
  });

  it('when the services are too many for a cookie, of a policy that nobody has validated: it is deleted, and the developer told', () => {
    const services = Array.from({ length: 160 }, (_, n) => ({
      id: `service-${n}`,
      provider: 'X',
      purpose: 'third-party',
      origins: [`https://s${n}.example`],
    }));
    const policy = indexPolicy(compilePolicy({ ...parsePolicy(SAMPLE), services }));
    const record = recordOf(Object.fromEntries(services.map(({ id }) => [id, false])), { decidedAt: NOW });
    browser.assign(`${NAME}=${encoded({ 'service-1': true, timestamp: NOW - DAY })}`);
    browser.mirror(policy, record);
    assert.equal(browser.cookies, '');
    assert.match(mirrorWarning(record, policy, browser.cookies, browser.host)!, /too many services/);
  });

  it('and the build says so before: nobody publishes such a policy', () => {
    const services = (count: number) =>
      Array.from({ length: count }, (_, n) => ({
        id: `service-${n}`,
        provider: 'X',
        purpose: 'third-party',
        origins: [`https://s${n}.example`],
      }));
    const most = Array.from({ length: 200 }, (_, n) => n).findLast((count) => accepts(services(count)))!;
    assert.ok(most > 100 && most < 160, `${most} services fit`);
    const tooMany = { ...SAMPLE, services: services(most + 1) };
    assert.throws(
      () => parsePolicy(tooMany),
      (error: PolicyError) =>
        error.issues.length === 1 &&
        /^services$/.test(error.issues[0]!.path) &&
        /bytes.*4096.*Shorten/.test(error.issues[0]!.fix),
    );

    // What was accepted does fit, whatever was decided, and in whatever cookie.
    const policy = compilePolicy(parsePolicy({ ...SAMPLE, services: services(most) }));
    const record = recordOf(Object.fromEntries(policy.services.map(({ id }) => [id, false])), { decidedAt: NOW });
    browser.mirror(policy, record);
    assert.equal(readMirror(browser.cookies, NAME)!['timestamp'], NOW);
  });

  it('on this host alone, where the domain has one: it would hide the other', () => {
    browser.assign(`${NAME}=${encoded({ youtube: true, timestamp: NOW - DAY })}; Path=/`);
    browser.mirror(SHARED);
    assert.equal(browser.cookies.split('; ').length, 1);
    assert.deepEqual(changeInMirror(browser.cookies, SHARED)?.choices, { matomo: false, youtube: false });
  });

  it('whatever was in the cookie, and whatever was decided', () => {
    const anyMirror = fc.dictionary(
      fc.oneof(fc.constantFrom('matomo', 'youtube', 'ga', 'functional_cookies'), fc.string()),
      fc.oneof(fc.boolean(), fc.jsonValue(), fc.string({ minLength: 1000, maxLength: 3900 })),
    );
    const anyChoices = fc.dictionary(fc.constantFrom('matomo', 'youtube', 'ga'), fc.boolean(), { minKeys: 1 });
    fc.assert(
      fc.property(anyMirror, anyChoices, fc.constantFrom(MIRRORED, SHARED), (before, choices: Choices, policy) => {
        const browser = new Browser('data.example.fr');
        browser.assign(
          `${NAME}=${encoded({ ...before, timestamp: NOW - DAY })}${policy.cookieDomain ? `; Domain=${policy.cookieDomain}` : ''}`,
        );
        browser.mirror(policy, recordOf(choices, { decidedAt: NOW }));
        const { ga, matomo, youtube } = readMirror(browser.cookies, NAME)!;
        assert.deepEqual(JSON.parse(JSON.stringify({ ga, matomo, youtube })), { ...choices });
        assert.equal(showsRecord(browser.cookies, recordOf(choices, { decidedAt: NOW }), policy), true);
      }),
      { numRuns: 500 },
    );
  });

  it('and nothing is written over a later decision that has not been taken over yet, nor of a record that has ended', () => {
    browser.assign(`${NAME}=${encoded({ youtube: false, timestamp: NOW })}`);
    assert.deepEqual(
      mirrorAssignments(recordOf({ youtube: true }, { decidedAt: NOW - DAY }), browser.cookies, SHARED, NOW, true),
      [],
    );
    assert.deepEqual(mirrorAssignments(recordOf({ youtube: true }, { expiresAt: NOW }), '', SHARED, NOW, true), []);
    assert.deepEqual(mirrorAssignments(undefined, '', SHARED, NOW, true), []);
  });

  describe('when the browser does not keep it, the developer is told', () => {
    it('that the host does not belong to the domain', () => {
      for (const host of ['data.example.org', 'badexample.fr', 'localhost']) {
        const elsewhere = new Browser(host);
        elsewhere.mirror(SHARED);
        assert.equal(elsewhere.cookies, '');
        assert.match(
          mirrorWarning(REFUSED, SHARED, elsewhere.cookies, host)!,
          new RegExp(`${host} is no host of "example\\.fr".*consent\\.cookie\\.domain`),
        );
      }
    });

    it('that cookies are blocked, or browsers keep the domain’s hosts apart', () => {
      assert.match(mirrorWarning(REFUSED, MIRRORED, '', 'data.example.fr')!, /cookies blocked/);
      assert.match(
        mirrorWarning(REFUSED, { ...SHARED, cookieDomain: 'gouv.fr' }, '', 'data.gouv.fr')!,
        /"gouv\.fr" a domain whose hosts/,
      );
    });

    it('and of nothing, when it does', () => {
      for (const host of ['data.example.fr', 'example.fr', 'a.b.example.fr']) {
        const one = new Browser(host);
        one.mirror(SHARED);
        assert.equal(mirrorWarning(REFUSED, SHARED, one.cookies, host), undefined);
      }
    });
  });
});

function accepts(services: Policy['services']): boolean {
  try {
    return !!parsePolicy({ ...SAMPLE, services });
  } catch {
    return false;
  }
}
