import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compilePolicy } from '../../../src/compiled-policy/compiled-policy';
import { parsePolicy } from '../../../src/policy/index';
import { SAMPLE, sampleWith } from '../sample-policy';

const DIST = fileURLToPath(new URL('../../../dist/', import.meta.url));

describe('A policy that was never built is broken where in doubt', () => {
  it('one that is right is compiled like one that was', () => {
    assert.deepEqual(compilePolicy(SAMPLE), compilePolicy(parsePolicy(SAMPLE)));
    assert.deepEqual(
      compilePolicy({ revision: '1', services: [] }),
      compilePolicy(parsePolicy({ revision: '1', services: [] })),
    );
  });

  const WRONG: [where: string, write: (policy: any) => unknown, message: RegExp][] = [
    ['wall', (p) => (p.wall = 'strickt'), /wall: "strickt"\. Write one of strict, live, off/],
    ['wall', (p) => (p.wall = 'Off'), /wall: "Off"/],
    ['wall', (p) => (p.wall = null), /wall: "null"/],
    ['undeclared', (p) => (p.undeclared = 'allow'), /undeclared: "allow"\. Write one of refuse, report/],
    [
      'globalPrivacyControl',
      (p) => (p.consent.globalPrivacyControl = 'off'),
      /globalPrivacyControl: "off"\. Write one of refuse, ignore, answer/,
    ],
    [
      'access',
      (p) => (p.services[3].access = 'without-credentails'),
      /tiles: access: "without-credentails"\. Write one of full, origin-only, without-credentials/,
    ],
    ['access', (p) => (p.services[3].access = 'constructor'), /tiles: access/],
    ['services', (p) => (p.services = { matomo: {} }), /no list of services/],
    ['origins', (p) => (p.services[3].origins = 'https://tiles.jawg.io'), /tiles: origins.*no lists/],
    ['services', (p) => delete p.services, /no list of services/],
  ];
  for (const [where, write, message] of WRONG) {
    it(`${where}: ${message}`, () => assert.throws(() => compilePolicy(sampleWith(write) as never), message));
  }

  it('and is told without the schema in a browser', () => {
    const reached = new Set<string>();
    const reach = (file: string) => {
      if (reached.has(file)) return;
      reached.add(file);
      for (const [, module] of readFileSync(file, 'utf8').matchAll(/(?:from|import\(?) ?'([^']+)'/g)) {
        if (module!.startsWith('.')) reach(join(file, '..', module!));
        else reached.add(module!);
      }
    };
    for (const entry of [
      'src/page/index.js',
      'sw/index.js',
      'src/elements/index.js',
      'src/adapters/google-consent-mode.js',
    ])
      reach(join(DIST, entry));
    assert.ok(reached.size > 20 && readdirSync(DIST).length > 0, 'modules were followed');
    assert.deepEqual(
      [...reached].filter((module) => /zod|schema|parse-policy/.test(module)),
      [],
    );
  });
});
