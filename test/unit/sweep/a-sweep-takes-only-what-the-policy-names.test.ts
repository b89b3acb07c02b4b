import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cookieScopes } from '../../../src/sweep/cookie-scopes';
import { matchesPattern } from '../../../src/sweep/matches-pattern';
import { ownerOf, type Kind, type Sweepable, type SweepScope } from '../../../src/sweep/sweep-scope';

const MIRROR = 'cookies_preferences';
const KINDS: Kind[] = ['cookie', 'localStorage', 'sessionStorage', 'indexedDB', 'cache'];

const service = (id: string, ...patterns: string[]): Sweepable => ({
  id,
  cookies: patterns.map((name) => ({ name })),
  storage: patterns,
});
const sweeping = (parts: Partial<SweepScope>): SweepScope => ({ refused: [], kept: [], mirror: MIRROR, ...parts });

/** What the policy's documentation says of patterns, one character at a time. */
function fitsByTheBook([name = '', ...names]: string[], [sign, ...signs]: string[]): boolean {
  if (sign === undefined) return name === '';
  if (sign === '*')
    return fitsByTheBook([name, ...names], signs) || (name !== '' && fitsByTheBook(names, [sign, ...signs]));
  return sign === name && fitsByTheBook(names, signs);
}

/** Few different characters, so that names and patterns meet; those that mean something in a regular expression among them. */
const anyName = fc.string({
  unit: fc.constantFrom('a', 'b', '.', '$', '\\', '[', '+', '-', '\n', 'é', '💶'),
  maxLength: 6,
});
const anyPattern = fc.string({
  unit: fc.constantFrom('a', 'b', '.', '$', '\\', '[', '+', '-', '\n', 'é', '💶', '*'),
  minLength: 1,
  maxLength: 6,
});
const anyServices = fc
  .array(fc.array(anyPattern, { maxLength: 3 }), { maxLength: 3 })
  .map((all) => all.map((patterns, index) => service(`s${index}`, ...patterns)));
const anyKind = fc.constantFrom(...KINDS);

describe('A sweep takes only what the policy names', () => {
  it('with * for any characters, and all else for itself', () => {
    assert.ok(matchesPattern('_pk_id.1.fff0', ['_pk_id.*']));
    assert.ok(matchesPattern('_pk_id.', ['_pk_id.*']));
    assert.ok(!matchesPattern('_pk_idX1', ['_pk_id.*']));
    assert.ok(!matchesPattern('x_pk_id.1', ['_pk_id.*']));
    assert.ok(matchesPattern('ph_phc_x_posthog', ['nothing', 'ph_*_posthog']));
    assert.ok(!matchesPattern('_ga_ABC', ['_ga']));
    assert.ok(!matchesPattern('_GA', ['_ga']), 'cookie names differ by case');
    assert.ok(!matchesPattern('_ga', []));
  });

  it('for any name and any pattern', () => {
    fc.assert(
      fc.property(anyName, anyPattern, (name, pattern) =>
        assert.equal(matchesPattern(name, [pattern]), fitsByTheBook([...name], [...pattern])),
      ),
      { numRuns: 5000 },
    );
  });

  it('for a name and a pattern that are made to take long', () => {
    const name = 'a'.repeat(100_000);
    assert.ok(!matchesPattern(name, [`${'a*'.repeat(20)}b`, '*a*a*b*', `x${'*a'.repeat(20)}`]));
    assert.ok(matchesPattern(name, ['a*a*a']));
  });

  it('and of it nothing that a service which stays declares too', () => {
    fc.assert(
      fc.property(anyName, anyKind, anyServices, anyServices, (name, kind, refused, kept) => {
        const declares = ({ storage = [] }: Sweepable) =>
          storage.some((pattern) => fitsByTheBook([...name], [...pattern]));
        const expected = kept.some(declares) ? undefined : refused.find(declares);
        assert.equal(ownerOf(name, kind, sweeping({ refused, kept })), expected);
      }),
      { numRuns: 5000 },
    );
  });

  it('cookies by the list of cookies, everything else by the list of storage entries', () => {
    const refused: Sweepable[] = [
      { id: 'matomo', cookies: [{ name: '_pk*' }], storage: ['matomo_*'] },
      { id: 'silent' },
    ];
    assert.equal(ownerOf('_pk_id', 'cookie', sweeping({ refused }))?.id, 'matomo');
    assert.equal(ownerOf('matomo_x', 'cookie', sweeping({ refused })), undefined);
    for (const kind of KINDS.slice(1)) {
      assert.equal(ownerOf('_pk_id', kind, sweeping({ refused })), undefined);
      assert.equal(ownerOf('matomo_x', kind, sweeping({ refused }))?.id, 'matomo');
    }
  });

  it('and never the mirror cookie or what the gatekeeper stores, whatever the patterns', () => {
    fc.assert(
      fc.property(anyKind, anyServices, fc.string(), (kind, others, suffix) => {
        const refused = [
          ...others,
          service('greedy', '*', 'cookie*', MIRROR, 'cookie-gatekeeper', 'cookie-gatekeeper:*'),
        ];
        for (const name of [MIRROR, 'cookie-gatekeeper', `cookie-gatekeeper:${suffix}`]) {
          assert.equal(ownerOf(name, kind, sweeping({ refused })), undefined);
        }
      }),
    );
    assert.equal(
      ownerOf('cookie-gatekeepers', 'cookie', sweeping({ refused: [service('greedy', '*')] }))?.id,
      'greedy',
    );
  });
});

describe('A cookie is looked for in every scope that shows it to a page', () => {
  const scopes = (hostname: string, pathname: string) => cookieScopes({ hostname, pathname }).flat();

  it('on the host, on each domain above it, and on each folder with and without its slash', () => {
    const paths = ['/', '/a', '/a/', '/a/b', '/a/b/'];
    const domains = [
      '',
      '; Domain=www.data.example.fr',
      '; Domain=data.example.fr',
      '; Domain=example.fr',
      '; Domain=fr',
    ];
    const variants = ['', '; Secure', '; Secure; Partitioned'];
    const expected = paths.flatMap((path) =>
      domains.flatMap((domain) => variants.map((variant) => `; Path=${path}${domain}${variant}`)),
    );
    assert.deepEqual(scopes('www.data.example.fr', '/a/b'), expected);
  });

  it('the widest path first, so that few attempts do for most cookies', () => {
    assert.ok(
      cookieScopes({ hostname: 'localhost', pathname: '/a' })[0]!.every(
        (scope) => scope.startsWith('; Path=/;') || scope === '; Path=/',
      ),
    );
  });

  it('whatever path a cookie has that path-matches the page’s (RFC 6265bis, 5.1.4)', () => {
    const anyPath = fc.array(fc.constantFrom('a', 'b', ''), { maxLength: 4 }).map((names) => `/${names.join('/')}`);
    fc.assert(
      fc.property(anyPath, anyPath, (page, cookie) => {
        const matches =
          page === cookie || (page.startsWith(cookie) && (cookie.endsWith('/') || page[cookie.length] === '/'));
        fc.pre(matches);
        assert.ok(scopes('localhost', page).includes(`; Path=${cookie}`), `${cookie} shows on ${page}`);
      }),
    );
  });
});
