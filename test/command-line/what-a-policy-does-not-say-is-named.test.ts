import assert from 'node:assert/strict';
import { notStated } from '../../src/cli/not-stated';
import { policyPage } from '../../src/cli/policy-page';
import { parsePolicy, PolicyError } from '../../src/policy/index';
import { commandLine } from './command-line';

const WHOLE = {
  privacyUrl: { en: 'https://privacy.example/?a=1|2', fr: '/confidentialite' },
  country: 'Ireland',
  transfer: { en: 'United States, adequacy decision', fr: 'États-Unis, décision d’adéquation' },
  legalBasis: 'Consent',
  retention: '13 months',
  jointControllers: 'The ministry and P',
  cookies: [{ name: 'c', lifetime: '1 day' }],
};
const policyWith = (...services: object[]) => ({
  revision: '1',
  services: services.map((service, index) => ({
    id: `s${index}`,
    provider: `P${index}`,
    purpose: 'third-party',
    origins: ['https://p.example'],
    ...service,
  })),
});

describe('What a policy does not say is named', () => {
  const { succeed, write } = commandLine();

  it('for each service that is somewhere else, and for cookies whose lifetime nobody has stated', () => {
    const own = { origins: [], purpose: 'necessary', cookies: [{ name: 'mine' }, { name: 'too' }] };
    const policy = parsePolicy(
      policyWith({}, { country: 'France', cookies: [] }, WHOLE, own, {
        ...WHOLE,
        cookies: [{ name: 'c' }],
      }),
    );
    assert.deepEqual(notStated(policy), [
      's0: privacyUrl, country, transfer, legalBasis, retention, jointControllers, cookies',
      's1: privacyUrl, transfer, legalBasis, retention, jointControllers',
      's3: lifetime of mine and too',
      's4: lifetime of c',
    ]);
  });

  it('by the build, which goes on', () => {
    write('policy.json', JSON.stringify(policyWith({})));
    assert.match(
      succeed('build', 'policy.json', '--out', 'public'),
      /Not stated in policy\.json.*\n {2}s0: privacyUrl, country, transfer, legalBasis, retention, jointControllers, cookies\nThen see/,
    );
    write('policy.json', JSON.stringify(policyWith(WHOLE)));
    assert.doesNotMatch(succeed('build', 'policy.json', '--out', 'public'), /Not stated/);
  });

  it('and what is said is on the policy page, beside what is not', () => {
    const page = policyPage(policyWith(WHOLE, { country: '<France>' }));
    assert.ok(
      page.includes(
        '<tr><td>P0</td><td><a href="https://privacy.example/?a=1|2">privacy.example/?a=1|2</a></td><td>Ireland</td><td>United States, adequacy decision</td><td>Consent</td><td>13 months</td><td>The ministry and P</td></tr>',
      ),
      page,
    );
    const missing = '<td>Not stated</td>';
    assert.ok(page.includes(`<tr><td>P1</td>${missing}<td>&#60;France&#62;</td>${missing.repeat(4)}</tr>`), page);
    const markdown = policyPage(policyWith(WHOLE), { format: 'markdown', language: 'fr' });
    assert.ok(
      markdown.includes(
        '| P0 | [/confidentialite](</confidentialite>) | Ireland | États-Unis, décision d’adéquation |',
      ),
      markdown,
    );
    assert.doesNotMatch(policyPage(policyWith({})), /Processing of personal data/, 'nothing is said at all');
  });

  it('an address that is none is a mistake', () => {
    for (const privacyUrl of ['javascript:alert(1)', 'privacy.example', { en: 'no' }])
      assert.throws(() => parsePolicy(policyWith({ privacyUrl })), PolicyError);
  });
});
