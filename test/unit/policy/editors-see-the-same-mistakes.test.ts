import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parsePolicy, PolicyError, policyJsonSchema } from '../../../src/policy/index';
import { SAMPLE } from '../sample-policy';
import { SHAPE_MISTAKES } from './shape-mistakes';

const validate = new Ajv2020().compile(policyJsonSchema());
const read = async (path: string) =>
  JSON.parse(await readFile(new URL(`../../../${path}`, import.meta.url), 'utf8')) as unknown;

describe('Editors see the same mistakes', () => {
  it('the schema that is shipped is the one that policies are checked with', async () => {
    assert.deepEqual(await read('dist/policy.schema.json'), JSON.parse(JSON.stringify(policyJsonSchema())));
  });

  const ACCEPTED: Record<string, unknown> = {
    'one of every kind of service': SAMPLE,
    'as little as possible': { revision: '1', services: [] },
    'defaults half written': { revision: '1', consent: { cookie: {} }, services: [] },
    'texts by language': {
      revision: '1',
      services: [{ id: 'a', provider: { fr: 'A', 'pt-BR': 'B' }, purpose: 'necessary' }],
    },
  };
  for (const [title, policy] of Object.entries(ACCEPTED)) {
    it(`accepts ${title}`, () => {
      assert.equal(validate(policy), true, JSON.stringify(validate.errors));
      parsePolicy(policy);
    });
  }

  it('accepts the preset', async () => {
    assert.equal(validate(await read('src/policy/presets/opendatasoft.json')), true, JSON.stringify(validate.errors));
  });

  for (const { title, policy } of SHAPE_MISTAKES) {
    it(`rejects ${title}`, () => {
      assert.equal(validate(policy), false);
      assert.throws(() => parsePolicy(policy), PolicyError);
    });
  }

  it('explains the keys that an editor completes', () => {
    const { properties } = policyJsonSchema() as {
      properties: Record<
        string,
        { description?: string; items?: { properties: Record<string, { description?: string }> } }
      >;
    };
    for (const key of ['revision', 'wall', 'undeclared']) assert.ok(properties[key]?.description, key);
    for (const [key, { description }] of Object.entries(properties.services!.items!.properties))
      assert.ok(description, `services[].${key}`);
  });
});
