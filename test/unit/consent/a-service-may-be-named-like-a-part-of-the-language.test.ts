import assert from 'node:assert/strict';
import { applyChoices } from '../../../src/consent/apply-choices';
import { changeInMirror, mirrorCookie, mirrorOf, showsRecord } from '../../../src/consent/mirror';
import { receiptOf } from '../../../src/consent/receipt';
import { parseRecord } from '../../../src/consent/record';
import { statusOf } from '../../../src/consent/service-status';
import { decideRequest } from '../../../src/requests/decide-request';
import { parsePolicy } from '../../../src/policy/index';
import { exportReceipts } from '../../../src/server/export-receipts';
import { parseReceipt } from '../../../src/server/parse-receipt';
import { serverKey } from '../../../src/server/server-key';
import { consentOf, NOW, policyFor, serviceIn, SITE } from '../sample-policy';

const NAMES = ['constructor', 'toString', 'hasOwnProperty', 'valueOf', 'isPrototypeOf'];
const OTHER = { id: 'other', origins: ['https://other.example'] };

describe('A service may be named like a part of the language', () => {
  for (const id of NAMES) {
    describe(id, () => {
      const service = { id, origins: ['https://a.example'] };
      const rules = policyFor([service, OTHER], { receipts: '/receipts' });
      const verdict = (consent: ReturnType<typeof consentOf>) =>
        decideRequest({ url: 'https://a.example/', site: SITE }, consent, rules).action;

      it('is undecided until somebody decides', () => {
        for (const consent of [consentOf(), consentOf({}), consentOf({ other: true })])
          assert.equal(statusOf(serviceIn(rules, id), consent, rules), 'undecided');
        assert.equal(verdict(consentOf({ other: true })), 'refuse');
      });

      for (const choice of [true, false]) {
        it(`keeps a ${choice ? 'yes' : 'no'}: stored, mirrored, proven, exported`, async () => {
          const made = applyChoices(undefined, { action: 'choose', choices: { [id]: choice } }, rules, NOW);
          const record = parseRecord(structuredClone(made));
          assert.deepEqual(record, made);
          assert.equal(verdict(consentOf(undefined, { record })), choice ? 'allow' : 'refuse');

          const cookie = mirrorCookie(rules, mirrorOf(made, rules), made.expiresAt, true).split(';')[0]!;
          assert.deepEqual(changeInMirror(cookie, rules)?.choices, { [id]: choice });
          assert.equal(showsRecord(cookie, made, rules), true);
          assert.equal(showsRecord(cookie.replace(String(choice), String(!choice)), made, rules), false);
          const policy = {
            revision: '1',
            services: [service, OTHER].map((one) => ({ provider: 'P', purpose: 'third-party', ...one })),
          };
          assert.equal(
            serverKey(policy)({ cookie }, NOW)!['Content-Security-Policy']!.includes('https://a.example'),
            choice,
          );

          const receipt = receiptOf(made);
          assert.deepEqual(parseReceipt(JSON.parse(JSON.stringify(receipt))), {
            receipt: JSON.parse(JSON.stringify(receipt)),
          });
          const stored = JSON.stringify(receipt);
          const storage = { getKeys: async () => [`${receipt.id}.json`], getItem: async () => stored };
          const lines: string[] = [];
          for await (const line of exportReceipts(storage as never, { format: 'csv' })) lines.push(line);
          assert.ok(lines[0]!.includes(`choices.${id}`), lines.join(''));
          assert.ok(lines[1]?.trimEnd().endsWith(`,${choice}`), lines.join(''));
        });
      }
    });
  }

  it('but not __proto__, which a script cannot keep a choice under', () => {
    for (const where of ['id', 'aliases']) {
      const service = {
        id: 'a',
        provider: 'A',
        purpose: 'necessary',
        [where]: where === 'id' ? '__proto__' : ['__proto__'],
      };
      assert.throws(
        () => parsePolicy({ revision: '1', services: [service] }),
        /"__proto__": write a letter, then letters/,
      );
    }
  });
});
