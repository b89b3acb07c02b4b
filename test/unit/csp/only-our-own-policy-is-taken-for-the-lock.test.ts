import assert from 'node:assert/strict';
import { isOwnCsp, splitPolicies } from '../../../src/csp/own-csp-header';
import { closedCsp } from '../../../src/csp/document-csp';
import { policyFor } from '../sample-policy';

const LOCK = closedCsp(policyFor([{ id: 'cdn', purpose: 'necessary', origins: ['https://cdn.example'] }]));

describe('Only our own policy is taken for the lock', () => {
  for (const policy of [
    LOCK,
    LOCK.replace('report-to', 'Report-To'),
    LOCK.replaceAll(' ', '\t').replaceAll(';', ' ;'),
    'report-to cookie-gatekeeper',
    `${LOCK}; report-to own`,
  ]) {
    it(`is: ${policy}`, () => assert.ok(isOwnCsp(policy)));
  }

  for (const policy of [
    "default-src 'self'; report-to cookie-gatekeeper-own",
    "default-src 'self'; report-to own-cookie-gatekeeper",
    "default-src 'self'; report-to Cookie-Gatekeeper",
    "default-src 'self'; report-to cookie-gatekeeper own",
    "default-src 'self'; report-to own cookie-gatekeeper",
    "default-src 'self'; report-to own; report-to cookie-gatekeeper",
    "default-src 'self'; x-report-to cookie-gatekeeper",
    'img-src https://example.org/report-to cookie-gatekeeper',
    'img-src report-to cookie-gatekeeper',
    "default-src 'self'; report-to",
    '',
  ]) {
    it(`is not: ${policy}`, () => assert.ok(!isOwnCsp(policy)));
  }

  it('among those of a header, however they are joined', () => {
    assert.deepEqual(splitPolicies(`frame-ancestors 'none',${LOCK} ,\tdefault-src *, ,`), [
      "frame-ancestors 'none'",
      LOCK,
      'default-src *',
    ]);
    for (const none of [null, undefined, '', ' ']) assert.deepEqual(splitPolicies(none), []);
  });
});
