import assert from 'node:assert/strict';
import { decideRequest } from '../../../src/requests/decide-request';
import { indexPolicy } from '../../../src/requests/index-policy';
import { parsePolicy, type Policy } from '../../../src/policy/index';
import { compilePolicy } from '../../../src/compiled-policy/compiled-policy';
import { consentOf, SAMPLE, SITE } from '../sample-policy';

const SERVICES = 10_000;
const DECISIONS = 20_000;
/** A page makes some hundred requests: at this rate, deciding them all takes no time that anybody notices. */
const LIMIT_MS = 0.05;

describe('Ten thousand services are decided without scanning', () => {
  const policy: Policy = {
    ...parsePolicy(SAMPLE),
    services: Array.from({ length: SERVICES }, (_, n) => ({
      id: `s${n}`,
      provider: `Provider ${n}`,
      purpose: 'third-party',
      origins: [`https://s${n}.example.org`, `https://*.s${n}.example.net/path/`],
    })),
  };
  const rules = indexPolicy(compilePolicy(policy));
  const last = `s${SERVICES - 1}`;

  const requests: Record<string, [url: string, reason: string]> = {
    'an exact host, declared last': [`https://${last}.example.org/x`, 'granted'],
    'a wildcard, declared last, deep below': [`https://a.b.c.d.${last}.example.net/path/x`, 'granted'],
    'an undeclared host': ['https://a.b.c.d.e.f.g.undeclared.example/x', 'undeclared'],
    'the site itself': [`${SITE}x`, 'own-site'],
  };

  for (const [title, [url, reason]] of Object.entries(requests)) {
    it(`${title}: under ${LIMIT_MS} ms`, () => {
      const consent = consentOf({ [last]: true });
      const run = (times: number) => {
        for (let n = 0; n < times; n += 1)
          assert.equal(decideRequest({ url: `${url}?${n}`, site: SITE }, consent, rules).reason, reason);
      };
      run(1000);
      const start = performance.now();
      run(DECISIONS);
      const each = (performance.now() - start) / DECISIONS;
      assert.ok(each < LIMIT_MS, `${each.toFixed(4)} ms each`);
    });
  }
});
