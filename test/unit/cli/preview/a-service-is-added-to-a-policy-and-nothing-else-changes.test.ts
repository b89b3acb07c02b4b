import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { PartyDescriber } from '../../../../src/cli/audit/describe-party';
import { KnownParties } from '../../../../src/cli/audit/known-parties';
import { extendPolicy, partyOf } from '../../../../src/cli/preview/extend-policy';
import { parsePolicy } from '../../../../src/policy/parse-policy';

const PRESET = JSON.parse(
  readFileSync(new URL('../../../../src/policy/presets/opendatasoft.json', import.meta.url), 'utf8'),
);
const DESCRIBER = new PartyDescriber(
  new KnownParties({ parties: [['Statly', 'Statly Inc.', 'analytics', '*.statly.example']], cookies: [] }),
  PRESET,
);

/** As a person writes it: with an indentation, an order and lines of their own. */
const WRITTEN = `{
    "revision": "1",   "name": "Caf\\u00e9",
    "services": [
        { "id": "statly", "provider": "Statly",
          "purpose": "statistics", "origins": ["https://a.statly.example"] },
        {
            "id": "maps",
            "provider": { "fr": "Cartes" },
            "purpose": "third-party",
            "cookies": [{ "name": "maps" }]
        }
    ]
}
`;

const written = (text: string) => ({ text, file: 'policy.json', site: 'https://portal.example' });
const extended = (address: string, purpose: string, text = WRITTEN) =>
  extendPolicy(new URL(address), purpose, written(text), DESCRIBER);
/** The lines that are new, when those that were there are still there, in their order. */
function newLines(text: string, before = WRITTEN): string[] {
  const rest = before.split('\n');
  const added = text.split('\n').filter((line) => (line === rest[0] ? (rest.shift(), false) : true));
  assert.deepEqual(rest, [], 'lines are missing');
  return added;
}

describe('A service is added to a policy, and nothing else changes', () => {
  it('with who is known to be behind it, written as what stands before it', () => {
    const text = extended('https://fonts.unheard.example/a.css?b', 'third-party');
    const [comma, ...added] = newLines(text.replace('        },\n', '        }\n,\n'));
    assert.equal(comma, ',');
    assert.deepEqual(added.slice(0, 7), [
      '        {',
      '            "id": "unheard-example",',
      '            "provider": "unheard.example",',
      '            "purpose": "third-party",',
      '            "origins": [',
      '                "https://fonts.unheard.example"',
      '            ],',
    ]);
    assert.match(parsePolicy(JSON.parse(text)).services[2]!.review!, /Nobody knows unheard\.example/);
  });

  it('on one line, where services have one each; and into a list that is empty', () => {
    const one = '{ "revision": "1", "services": [\r\n\t{ "id": "a", "provider": "A", "purpose": "necessary" }\r\n] }';
    const added =
      '{ "id": "statly", "provider": "Statly Inc.", "name": "Statly", "purpose": "necessary", "origins": ["wss://b.statly.example"] }';
    assert.equal(
      extended('wss://b.statly.example/live', 'necessary', one),
      one.replace('}\r\n', `},\r\n\t${added}\r\n`),
    );
    const none = extended('https://b.statly.example/', 'statistics', '{\n  "revision": "1",\n  "services": []\n}\n');
    assert.match(none, /^ {2}"services": \[\n {4}\{\n {6}"id": "statly",/m);
    assert.equal(parsePolicy(JSON.parse(none)).services.length, 1);
  });

  it('as one more origin of the provider’s service, where that has the purpose; else as a service of its own', () => {
    assert.equal(
      extended('https://b.statly.example/', 'statistics'),
      WRITTEN.replace('"https://a.statly.example"', '"https://a.statly.example", "https://b.statly.example"'),
    );
    const { services } = parsePolicy(JSON.parse(extended('https://b.statly.example/', 'necessary')));
    assert.deepEqual(
      services.map(({ id, purpose }) => [id, purpose]),
      [
        ['statly', 'statistics'],
        ['maps', 'third-party'],
        ['statly-necessary', 'necessary'],
      ],
    );
    const withoutOrigins = WRITTEN.replace('"maps"', '"unheard-example"');
    assert.equal(
      extended('https://x.unheard.example', 'third-party', withoutOrigins),
      withoutOrigins.replace(
        '"cookies": [{ "name": "maps" }]',
        '"cookies": [{ "name": "maps" }],\n            "origins": ["https://x.unheard.example"]',
      ),
    );
  });

  it('what is declared gets another purpose, and is known by its own words', () => {
    assert.equal(
      extended('https://a.statly.example/x.js', 'necessary'),
      WRITTEN.replace('"purpose": "statistics"', '"purpose": "necessary"'),
    );
    const party = partyOf(new URL('https://a.statly.example/x.js'), written(WRITTEN), DESCRIBER);
    assert.deepEqual(party, { service: 'statly', provider: 'Statly', purpose: 'statistics' });
  });

  it('and what no policy can name is said', () => {
    assert.throws(() => extended('http://[::1]:3000/', 'necessary'), /http:\/\/\[::1\]:3000 has no place in a policy/);
  });
});
