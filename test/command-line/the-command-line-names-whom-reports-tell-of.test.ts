import assert from 'node:assert/strict';
import type { ReportedRequest } from '../../src/reports/report';
import { parsePolicy } from '../../src/policy/index';
import { receiveReports } from '../../src/server/index';
import { commandLine } from './command-line';
import { SAMPLE, sampleWith } from '../unit/sample-policy';

const ADS: ReportedRequest = { origin: 'https://www.google-analytics.com', kind: 'script', page: '/' };
const THUMBNAIL: ReportedRequest = { origin: 'https://i.ytimg.com', kind: 'image', page: '/explore/' };
const VIDEO: ReportedRequest = { origin: 'https://www.youtube.com', kind: 'frame', page: '/explore/' };
const NOBODY: ReportedRequest = { origin: 'wss://live.unheard-of.example', kind: 'connect', page: '/' };

describe('The command line names whom reports tell of', () => {
  const { succeed, fail, run, path, write } = commandLine();

  beforeEach(() => write('policy.json', JSON.stringify(sampleWith((policy) => policy.services[4].origins.pop()))));

  async function told(...reports: ReportedRequest[][]): Promise<void> {
    const receive = receiveReports(path('reports'));
    for (const requests of reports) {
      const headers = { 'Content-Type': 'application/json' };
      const body = JSON.stringify({ requests });
      await receive(new Request('https://data.example.fr/r', { method: 'POST', headers, body }));
    }
  }

  const services = (...args: string[]) =>
    JSON.parse(succeed('reports', 'reports', '--json', ...args)) as (typeof SAMPLE)['services'][number][];

  it('those that the policy does not have, in a table with how often and where, and as JSON to paste', async () => {
    await told([ADS, VIDEO, NOBODY], [ADS], [{ ...ADS, page: '/map/', kind: 'connect' }]);
    const said = succeed('reports', 'reports', '--policy', 'policy.json');
    const [head, ...rows] = said.split('\n');
    assert.match(head!, /^service +purpose +origin +kinds +reports +pages$/);
    assert.match(rows[0]!, /^\S+ +statistics +https:\/\/www\.google-analytics\.com +script, connect +3 +\/, \/map\/$/);
    assert.match(rows[1]!, /^unheard-of-example +third-party \? +wss:\/\/live\.unheard-of\.example +connect +1 +\/$/);
    assert.doesNotMatch(said, /youtube/, 'the policy has it');
    assert.deepEqual(JSON.parse(said.slice(said.indexOf('\n['))), services('--policy', 'policy.json'));
  });

  it('which a policy takes as they are', async () => {
    await told([ADS, NOBODY, THUMBNAIL, VIDEO]);
    const found = services();
    assert.deepEqual(Object.fromEntries(found.map(({ id, origins }) => [id, origins])), {
      ga: [ADS.origin],
      youtube: [THUMBNAIL.origin, VIDEO.origin],
      'unheard-of-example': [NOBODY.origin],
    });
    assert.equal(parsePolicy({ revision: '2', services: found }).services.length, 3);
  });

  it('a service that the policy has with fewer origins, whole, to be put in its place', async () => {
    await told([THUMBNAIL]);
    assert.deepEqual(services('--policy', 'policy.json'), [SAMPLE.services[4]]);
    assert.match(succeed('reports', 'reports', '--policy', 'policy.json'), /youtube in the place of what is there/);
  });

  it('but not the whole of a host of which the policy has paths: reports have none', async () => {
    write(
      'policy.json',
      JSON.stringify(sampleWith((policy) => (policy.services[4].origins = [`${ADS.origin}/maps/`]))),
    );
    await told([ADS]);
    assert.deepEqual(services('--policy', 'policy.json'), []);
    assert.match(succeed('reports', 'reports', '--policy', 'policy.json'), /the policy has paths of it \(youtube\)/);
  });

  it('or that there is nothing new', async () => {
    await told([VIDEO]);
    assert.match(succeed('reports', 'reports', '--policy', 'policy.json'), /^Nothing new/);
    assert.deepEqual(services('--policy', 'policy.json'), []);
  });

  it('or what is wrong: no folder, a policy with mistakes, half a report', async () => {
    assert.match(fail('reports', 'none'), /none could not be read: there is no such folder/);
    await told([VIDEO]);
    write('broken.json', '{ "revision": "1", "services": "youtube" }');
    assert.match(fail('reports', 'reports', '--policy', 'broken.json'), /broken\.json.*\n.*services/);
    write(`reports/${'0'.repeat(16)}-${'1'.repeat(16)}.json`, '{"origin":"https://ww');
    const { status, stdout, stderr } = run('reports', 'reports');
    assert.equal(status, 0);
    assert.match(stderr, /0-1+\.json is not a whole report, and is left out/);
    assert.match(stdout, /https:\/\/www\.youtube\.com/);
  });
});
