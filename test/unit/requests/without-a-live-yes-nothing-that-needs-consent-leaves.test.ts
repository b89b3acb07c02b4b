import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Choices, Consent } from '../../../src/consent/record';
import { decideRequest } from '../../../src/requests/decide-request';
import { NOW, recordOf, policyFor } from '../sample-policy';

const NEED_CONSENT = ['matomo', 'youtube', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];
const RULES = policyFor([
  { id: 'cdn', purpose: 'necessary', origins: ['https://cdn.example.net'] },
  { id: 'audience', purpose: 'statistics', anonymised: true, origins: ['https://audience.example.org'] },
  ...NEED_CONSENT.map((id) => ({
    id,
    purpose: 'third-party',
    origins: [`https://*.${id.toLowerCase()}.example`, `/${id}/`],
  })),
]);
const SITE = 'https://data.example.fr/';

const anyId = fc.constantFrom(...NEED_CONSENT);
/** Dots would lead out of the folder on the site that belongs to the service. */
const anyPath = fc.webPath().filter((path) => !/(^|\/)(\.|%2e){1,2}(\/|$)/i.test(path));
const anyUrl = fc.tuple(anyId, fc.boolean(), anyPath, fc.webQueryParameters()).map(([id, own, path, query]) => ({
  id,
  url: `${own ? `${SITE}${id}` : `https://www.${id.toLowerCase()}.example`}${path || '/'}?${query}`,
}));
/** Choices about anything at all, in any order of truth. */
const anyChoices: fc.Arbitrary<Choices> = fc.dictionary(fc.oneof(anyId, fc.string()), fc.boolean());
const yesToAll: Choices = Object.fromEntries(NEED_CONSENT.map((id) => [id, true]));

function neverLeaves(anyConsent: (id: string) => fc.Arbitrary<Consent>): void {
  fc.assert(
    fc.property(
      anyUrl.chain(({ id, url }) => anyConsent(id).map((consent) => ({ id, url, consent }))),
      ({ id, url, consent }) => {
        const verdict = decideRequest({ url, site: SITE }, consent, RULES);
        assert.equal(verdict.action, 'refuse');
        assert.equal('service' in verdict && verdict.service, id);
      },
    ),
    { numRuns: 1000 },
  );
}

const signal = fc.boolean();

describe('Without a live yes, nothing that needs consent leaves', () => {
  it('no record', () => {
    neverLeaves(() => signal.map((globalPrivacyControl) => ({ restored: true, now: NOW, globalPrivacyControl })));
  });

  it('a record that says nothing of this service, or says no', () => {
    neverLeaves((id) =>
      fc
        .tuple(anyChoices, signal, fc.option(fc.constant(false), { nil: undefined }))
        .map(([choices, globalPrivacyControl, own]) => {
          const { [id]: _, ...others } = choices;
          return {
            restored: true,
            now: NOW,
            globalPrivacyControl,
            record: recordOf(own === undefined ? others : { ...others, [id]: own }),
          };
        }),
    );
  });

  it('a record that has expired', () => {
    neverLeaves(() =>
      fc.tuple(fc.nat(), signal).map(([late, globalPrivacyControl]) => ({
        restored: true,
        now: NOW,
        globalPrivacyControl,
        record: recordOf(yesToAll, { expiresAt: NOW - late }),
      })),
    );
  });

  it('a record that has not been restored', () => {
    neverLeaves(() =>
      signal.map((globalPrivacyControl) => ({
        restored: false,
        now: NOW,
        globalPrivacyControl,
        record: recordOf(yesToAll),
      })),
    );
  });

  it('a record whose choice is anything but true', () => {
    neverLeaves((id) =>
      fc
        .oneof(fc.constantFrom('true', 1, 'yes', {}, [], [true], null, undefined, Number.NaN), fc.jsonValue())
        .filter((choice) => choice !== true)
        .map((choice) => ({
          restored: true,
          now: NOW,
          globalPrivacyControl: false,
          record: recordOf({ [id]: choice } as Choices),
        })),
    );
  });

  it('and with one, exactly the granted service does', () => {
    fc.assert(
      fc.property(anyUrl, anyId, ({ id, url }, granted) => {
        const consent = {
          restored: true,
          now: NOW,
          globalPrivacyControl: false,
          record: recordOf({ [granted]: true }),
        };
        assert.equal(decideRequest({ url, site: SITE }, consent, RULES).action, id === granted ? 'allow' : 'refuse');
      }),
    );
  });
});
