import assert from 'node:assert/strict';
import type { Cookie } from 'puppeteer';
import { declaredDays } from '../../../../src/cli/audit/declared-days';
import { Inventory } from '../../../../src/cli/audit/inventory';
import { lifetimeText } from '../../../../src/cli/audit/lifetime-text';
import { SITE } from './observed-site';

const DAY_MS = 24 * 60 * 60 * 1000;
const NOW = Date.parse('2026-01-01T00:00:00Z');

describe('An audit says how long a cookie was to be kept', () => {
  /** The days of a cookie that the browser keeps for some days, and that was set by a line. */
  const daysOf = (kept: number, line: string) => {
    const inventory = new Inventory();
    const expires = (Date.now() + kept * DAY_MS) / 1000;
    const cookie = { name: 'a', domain: 'data.example.fr', path: '/', session: false, expires } as Cookie;
    const writers = [{ name: 'a', by: `${SITE}/`, days: declaredDays(line) }];
    inventory.add('untouched', { cookies: [cookie], entries: [], writers });
    return Math.round(inventory.cookies[0]!.days!);
  };

  it('as the site has said, where the browser has shortened it', () => {
    assert.equal(daysOf(400, 'a=1; Max-Age=63072000'), 730);
    assert.equal(daysOf(400, 'a=1'), 400);
    assert.equal(daysOf(7, 'a=1; Max-Age=63072000'), 7, 'another has set it since, or the browser knows better');
  });

  it('however that is written', () => {
    assert.equal(declaredDays('a=1; path=/; max-age=86400', NOW), 1);
    assert.equal(declaredDays('a=1; Expires=Sat, 31 Jan 2026 00:00:00 GMT; Secure', NOW), 30);
    assert.equal(declaredDays('a=1; Expires=Sat, 31 Jan 2026 00:00:00 GMT; Max-Age=172800', NOW), 2);
    assert.equal(declaredDays('max-age=1; Path=/', NOW), undefined);
    assert.equal(declaredDays('a=1; Expires=tomorrow', NOW), undefined);
  });

  it('in words, and that it may be longer where only the browser’s limit was seen', () => {
    assert.deepEqual(lifetimeText(730), { en: '24 months', fr: '24 mois' });
    assert.deepEqual(lifetimeText(399.99), { en: '13 months or longer', fr: '13 mois ou plus' });
    assert.deepEqual(lifetimeText(393), { en: '13 months', fr: '13 mois' });
  });
});
