import assert from 'node:assert/strict';
import { decideRequest } from '../../../src/requests/decide-request';
import { consentOf, policyFor, SITE } from '../sample-policy';

const RULES = policyFor([
  { id: 'eulerian', purpose: 'statistics', origins: ['/ea/', 'https://ea.data.example.fr'] },
  { id: 'beacon', purpose: 'statistics', origins: ['/collect.gif'] },
  { id: 'accents', purpose: 'statistics', origins: ['/m%C3%A9trique/'] },
]);

const HELD: [path: string, service: string][] = [
  ['/ea/', 'eulerian'],
  ['/ea/col', 'eulerian'],
  ['/ea/a/b/c?d=e', 'eulerian'],
  ['/ea/#fragment', 'eulerian'],
  ['/ea/?x=1', 'eulerian'],
  ['/ea//col', 'eulerian'],
  ['/%65a/', 'eulerian'],
  ['/%65%61/col', 'eulerian'],
  ['/e%61/col?x', 'eulerian'],
  ['/x/../ea/col', 'eulerian'],
  ['/x/%2e%2e/ea/col', 'eulerian'],
  ['/./ea/col', 'eulerian'],
  ['\\ea\\col', 'eulerian'],
  ['/ea/%FF', 'eulerian'],
  // As some servers read them, and some frameworks behind these.
  ['/.//ea/col', 'eulerian'],
  ['/ea%2Fcol', 'eulerian'],
  ['/x/..%2fea/col', 'eulerian'],
  ['/x%5c..%5Cea/col', 'eulerian'],
  ['/x/..;/ea/col', 'eulerian'],
  ['/ea;y=1/col', 'eulerian'],
  ['/ea/..%2fx', 'eulerian'],
  ['/x/.%2fy/../..//collect.gif;z', 'beacon'],
  ['/collect.gif', 'beacon'],
  ['/collect.gif?url=%2F&id=1', 'beacon'],
  ['/collect%2Egif', 'beacon'],
  ['/%63%6f%6c%6c%65%63%74.gif?x', 'beacon'],
  ['/métrique/x', 'accents'],
  ['/m%c3%a9trique/x', 'accents'],
];

const FREE = [
  '/',
  '/ea',
  '/eau/',
  '/EA/col',
  '/api/ea/',
  '/search?path=/ea/',
  '/search#/ea/',
  '/collect.gif/',
  '/collect.gifs',
  '/collect',
  '/static/collect.gif',
  '/ea/../explore/',
  '/x//ea/',
  '/explore;ea/',
  '/explore%2Fea%2F',
];

describe('A tracker on the site’s own host is held', () => {
  for (const [path, service] of HELD) {
    it(`${path} is ${service}’s`, () => {
      const request = { url: new URL(path, SITE).href, site: SITE };
      assert.deepEqual(decideRequest(request, consentOf(), RULES), { action: 'refuse', reason: 'undecided', service });
      assert.deepEqual(decideRequest(request, consentOf({ [service]: false }), RULES), {
        action: 'refuse',
        reason: 'refused',
        service,
      });
      assert.deepEqual(decideRequest(request, consentOf({ [service]: true }), RULES), {
        action: 'allow',
        reason: 'granted',
        service,
      });
    });
  }

  for (const path of FREE) {
    it(`${path} is the site’s`, () => {
      assert.deepEqual(decideRequest({ url: new URL(path, SITE).href, site: SITE }, consentOf(), RULES), {
        action: 'allow',
        reason: 'own-site',
      });
    });
  }

  it('holds a tracker on a subdomain of the site', () => {
    assert.deepEqual(decideRequest({ url: 'https://ea.data.example.fr/col', site: SITE }, consentOf(), RULES), {
      action: 'refuse',
      reason: 'undecided',
      service: 'eulerian',
    });
  });

  it('holds the path on this site only: elsewhere it is undeclared', () => {
    assert.deepEqual(
      decideRequest({ url: 'https://other.example/ea/', site: SITE }, consentOf({ eulerian: true }), RULES),
      {
        action: 'refuse',
        reason: 'undeclared',
      },
    );
  });

  it('holds a path of the site that the policy writes with its host', () => {
    const rules = policyFor([{ id: 'eulerian', purpose: 'statistics', origins: ['https://data.example.fr/ea/'] }]);
    assert.deepEqual(decideRequest({ url: 'https://data.example.fr/ea/col', site: SITE }, consentOf(), rules), {
      action: 'refuse',
      reason: 'undecided',
      service: 'eulerian',
    });
  });

  it('does not close the site because a wildcard of another service covers its host', () => {
    const rules = policyFor([{ id: 'widgets', origins: ['https://*.example.fr'] }]);
    assert.deepEqual(decideRequest({ url: SITE, site: SITE }, consentOf(), rules), {
      action: 'allow',
      reason: 'own-site',
    });
    assert.equal(
      decideRequest({ url: 'https://widgets.example.fr/', site: SITE }, consentOf(), rules).action,
      'refuse',
    );
  });

  it('strips a same-origin tracker that is to go without credentials', () => {
    const rules = policyFor([{ id: 'beacon', purpose: 'necessary', access: 'without-credentials', origins: ['/b/'] }]);
    assert.deepEqual(decideRequest({ url: new URL('/b/1', SITE).href, site: SITE }, consentOf(), rules), {
      action: 'strip',
      reason: 'necessary',
      service: 'beacon',
    });
  });
});
