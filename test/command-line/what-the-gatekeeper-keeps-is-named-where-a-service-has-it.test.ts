import assert from 'node:assert/strict';
import { neverDeleted } from '../../src/cli/never-deleted';
import { parsePolicy } from '../../src/policy/index';
import { commandLine } from './command-line';

const policyWith = (service: object, cookie: object = {}) => ({
  revision: '1',
  consent: { cookie },
  services: [{ id: 'a', provider: 'A', purpose: 'third-party', ...service }],
});
const lines = (...given: Parameters<typeof policyWith>) => neverDeleted(parsePolicy(policyWith(...given)));

describe('What the gatekeeper keeps is named where a service has it', () => {
  const { succeed, write } = commandLine();

  it('patterns for the mirror, and for what is in storages', () => {
    assert.deepEqual(lines({ cookies: [{ name: 'cookies_*' }, { name: 'c' }], storage: ['cookie*', 'b'] }), [
      'a: cookies_*, cookie*',
    ]);
    assert.deepEqual(lines({ cookies: [{ name: 'cookies_*' }] }, { name: 'choices' }), []);
    assert.deepEqual(lines({ cookies: [{ name: 'ch*' }] }, { name: 'choices' }), ['a: ch*']);
    assert.deepEqual(lines({ cookies: [{ name: 'cookies_*' }], purpose: 'necessary' }), []);
  });

  it('by the build, which goes on', () => {
    write('policy.json', JSON.stringify(policyWith({ cookies: [{ name: 'cookies_*' }] })));
    assert.match(
      succeed('build', 'policy.json', '--out', 'public'),
      /policy\.json.*keeps itself.*\n {2}a: cookies_\*\nWrite more of the names/,
    );
  });
});
