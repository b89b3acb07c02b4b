import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PartyDescriber } from '../../../../src/cli/audit/describe-party';
import { EarlierPolicy } from '../../../../src/cli/audit/earlier-policy';
import { pagesOfSiteMap, readNamed } from '../../../../src/cli/audit/named-pages';
import { PageQueue } from '../../../../src/cli/audit/page-queue';
import { groupByService } from '../../../../src/cli/audit/group-by-service';
import { KnownParties } from '../../../../src/cli/audit/known-parties';
import type { Observation } from '../../../../src/cli/audit/observation';
import { proposePolicy } from '../../../../src/cli/audit/propose-policy';
import { parsePolicy } from '../../../../src/policy/parse-policy';
import { observed, SITE } from './observed-site';

const PRESET = JSON.parse(
  readFileSync(new URL('../../../../src/policy/presets/opendatasoft.json', import.meta.url), 'utf8'),
);

describe('An audit knows who hides on the site’s own host', () => {
  let describer: PartyDescriber;
  before(async () => {
    describer = new PartyDescriber(await KnownParties.read(), PRESET);
  });

  const services = (observation: Observation, aliases: [string, string][] = []) => {
    const uses = groupByService({ observation, describer, aliases: new Map(aliases) });
    const { policy } = proposePolicy(uses, { describer, origins: observation.origins });
    return parsePolicy(policy).services;
  };

  it('by the path of a tracker that the site serves itself', () => {
    const found = services(observed([`${SITE}/page`, `${SITE}/stats/matomo.js`, `${SITE}/stats/matomo.php?idsite=1`]));
    assert.deepEqual(
      found.map(({ id }) => id),
      ['site', 'matomo'],
    );
    assert.deepEqual(found[1]!.origins, ['/stats/matomo.js', '/stats/matomo.php']);
  });

  it('only where an address can be nothing else, or all that a tracker has is there', () => {
    const ids = (...paths: string[]) => services(observed(paths.map((path) => SITE + path))).map(({ id }) => id);
    assert.deepEqual(ids('/js/scripts.js', '/script.js', '/api/event'), ['site']);
    assert.deepEqual(ids('/js/script.outbound-links.js', '/api/event'), ['site', 'plausible']);
    assert.deepEqual(ids('/script.js', '/api/send'), ['site', 'umami']);
    assert.deepEqual(ids('/_vercel/insights/script.js'), ['site', 'vercel-web-analytics']);
  });

  it('and who runs on a host that nobody knows', () => {
    const [, matomo, ...others] = services(
      observed(['https://stats.data.gouv.fr/matomo.js', 'https://stats.data.gouv.fr/plugins/x.js']),
    );
    assert.deepEqual(others, []);
    assert.deepEqual([matomo!.id, matomo!.origins], ['matomo', ['https://stats.data.gouv.fr']]);
    assert.match(matomo!.review!, /^stats\.data\.gouv\.fr has the addresses of Matomo, which anybody may run/);
  });

  it('by the name behind a host of its domain', () => {
    const [, eulerian] = services(observed(['https://abc.example.fr/col']), [['abc.example.fr', 'ip.eulerian.net']]);
    assert.equal(eulerian!.id, 'eulerian');
    assert.equal(eulerian!.purpose, 'statistics');
    assert.match(eulerian!.review!, /abc\.example\.fr is a name for ip\.eulerian\.net/);
  });

  it('by its cookies, and takes none of the site’s own for one', () => {
    const found = services(
      observed([], [{ name: '_pk_id.7.abcd', days: 393 }, { name: 'basket' }, { name: '_gid', httpOnly: true }]),
    );
    assert.deepEqual(
      found.map(({ id }) => id),
      ['site', 'matomo'],
    );
    assert.deepEqual(found[0]!.cookies!.map(({ name }) => name).slice(0, 2), ['basket', '_gid']);
    assert.match(found[0]!.review!, /What basket is for is not known/);
  });

  it('but not by a name that is any word, where nobody else says so', () => {
    const names = ['uid', 'token', 'c', 's'];
    const stored = names.map((name) => ({ name }));
    const [site, ...others] = services(observed([], stored));
    assert.deepEqual(others, []);
    const written = site!.cookies!.filter(({ name }) => names.includes(name));
    assert.deepEqual(
      written.map(({ name, purpose }) => [name, purpose]),
      names.map((name) => [name, undefined]),
    );
    assert.match(site!.review!, /What uid, token, c, s are for is not known/);
    const [own, adform] = services(observed(['https://track.adform.net/x.js'], stored));
    assert.deepEqual(adform!.cookies!.map(({ name }) => name).slice(0, 2), ['uid', 'token']);
    assert.ok(!own!.cookies!.some(({ name }) => name === 'uid'));
  });

  it('and has a person review what others say of the site’s own cookies', () => {
    const [site] = services(observed([], [{ name: 'PHPSESSID', httpOnly: true }, { name: 'basket' }]));
    assert.ok(site!.cookies!.find(({ name }) => name === 'PHPSESSID')!.purpose);
    assert.match(
      site!.review!,
      /What is said of PHPSESSID is the Open Cookie Database’s: see that it is so on this site\./,
    );
    assert.match(site!.review!, /What basket is for is not known/);
    const earlier = new EarlierPolicy(
      { revision: '1', services: [{ id: 'site', provider: 'Us', purpose: 'necessary', review: 'Mine.' }] },
      'policy.json',
      SITE,
    );
    const observation = observed([], [{ name: 'PHPSESSID', httpOnly: true }]);
    const uses = groupByService({ observation, describer, earlier, aliases: new Map() });
    const { policy } = proposePolicy(uses, { describer, origins: observation.origins, earlier });
    assert.match(policy.services[0]!.review!, /^Mine\. What is said of PHPSESSID/);
  });

  it('by what its client stores in the site’s own script', () => {
    const storage = ['ph_phc_abc_posthog', 'basket'].map((name) => ({
      area: 'localStorage' as const,
      name,
      passes: ['untouched' as const],
      setBy: `${SITE}/app.js`,
    }));
    const cookies = [{ name: 'ajs_anonymous_id', setBy: `${SITE}/app.js` }];
    const found = services({ ...observed(['https://api.segment.io/v1/p'], cookies), storage });
    assert.deepEqual(
      found.map(({ id, cookies = [], storage = [] }) => [id, cookies.map(({ name }) => name), storage]),
      [
        ['site', ['cookies_preferences'], ['basket']],
        ['segment', ['ajs_anonymous_id'], []],
        ['posthog', [], ['ph_phc_*']],
      ],
    );
  });

  it('and takes nothing for new that a policy’s own names stand for', () => {
    const names = { cookies: [{ name: 'ph_phc_abc_posthog' }], storage: ['ph_phc_abc_posthog'] };
    const posthog = { id: 'posthog', provider: 'PostHog', purpose: 'statistics', ...names };
    const earlier = new EarlierPolicy({ revision: '1', services: [posthog] }, 'policy.json', SITE);
    const stored = { name: 'ph_phc_abc_posthog', passes: ['untouched' as const] };
    const observation = { ...observed([], [stored]), storage: [{ ...stored, area: 'localStorage' as const }] };
    const uses = groupByService({ observation, describer, earlier, aliases: new Map() });
    const { changes } = proposePolicy(uses, { describer, origins: observation.origins, earlier });
    assert.deepEqual(changes, { added: [], extended: [], gone: [] });
  });

  it('and whose the cookies of others’ domains are: who was asked there', () => {
    const [, youtube, ...others] = services(
      observed(['https://www.youtube-nocookie.com/embed/x'], [{ name: 'YSC', domain: '.youtube-nocookie.com' }]),
    );
    assert.deepEqual(others, []);
    assert.deepEqual([youtube!.id, youtube!.cookies!.map(({ name }) => name)], ['youtube', ['YSC']]);
  });

  it('and takes other hosts of its domain for the site’s own, for a person to see', () => {
    const [site, ...others] = services(observed(['https://static.example.fr/app.js']));
    assert.deepEqual(others, []);
    assert.deepEqual(site!.origins, ['https://static.example.fr']);
    assert.match(site!.review!, /See that https:\/\/static\.example\.fr serve nothing but the site/);
  });
});

describe('An audit visits what it is told to', () => {
  it('the pages of a site map, and of those that it names', async () => {
    const server = createServer(({ url, headers }, response) => {
      const loc = (path: string) => `<loc>http://${headers.host}${path}</loc>`;
      const nobody = '<loc>http://127.0.0.1:1/gone.xml</loc>';
      const index = `<sitemapindex>${nobody}${loc('/one.xml')}${loc('/two.txt')}</sitemapindex>`;
      const pages = `<urlset>${loc(`${url}/a?x=1&amp;y=2`)}${loc(`${url}/b`)}</urlset>`;
      const text = `user-agent: *\nfile:///etc/hostname\nhttp://${headers.host}/two/a?x=1&y=2\r\nhttp://${headers.host}/two/b\n`;
      const special: Record<string, string> = { '/sitemap.xml': index, '/two.txt': text };
      response.end(special[url!] ?? pages);
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const pages = await pagesOfSiteMap(new URL('/sitemap.xml', origin), 3);
    server.close();
    assert.deepEqual(
      pages.map(({ href }) => href.slice(origin.length)),
      ['/one.xml/a?x=1&y=2', '/one.xml/b', '/two/a?x=1&y=2'],
    );
  });

  it('the addresses in a file, a line each', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'cookie-gatekeeper-')), 'pages.txt');
    writeFileSync(file, `\ufeff# the portal\r\n${SITE}/a\r\n\r\n  ${SITE}/sitemap.xml\r\n`);
    assert.deepEqual(await readNamed(file), [
      { page: new URL(`${SITE}/a`) },
      { siteMap: new URL(`${SITE}/sitemap.xml`) },
    ]);
    writeFileSync(file, `${SITE}/a\n\nnonsense\n`);
    await assert.rejects(readNamed(file), {
      message: /pages\.txt, line 3: "nonsense" is no address of a page\. Write /,
    });
    writeFileSync(file, '# nothing yet\n');
    await assert.rejects(readNamed(file), { message: /pages\.txt names no page\. Write the address of one into each/ });
    await assert.rejects(readNamed('missing.txt'), {
      message: 'missing.txt could not be read: there is no such file.',
    });
  });

  it('links, as far and as many as it may follow: no files, no other site, and nothing that logs out', () => {
    const queue = new PageQueue([new URL(`${SITE}/#top`)], 4, 1);
    const { url, depth } = queue.next()!;
    assert.equal(url, `${SITE}/`);
    queue.addLinks(
      ['/', '/a#x', '/a', '/logout', '/data.csv', '/b.html'].map((path) => `${SITE}${path}`),
      depth,
    );
    queue.addLinks(['https://other.example/', `${SITE}/c`, `${SITE}/d`], depth);
    const next = [queue.next(), queue.next(), queue.next(), queue.next()].map((page) => page?.url);
    assert.deepEqual(next, [`${SITE}/a`, `${SITE}/b.html`, `${SITE}/c`, undefined]);
    queue.addLinks([`${SITE}/e`], 1);
    assert.equal(queue.next(), undefined);
  });

  it('the site where it has another address, and no page of it twice', () => {
    const queue = new PageQueue([new URL('http://example.fr/')], 4, 1);
    const first = queue.next()!;
    queue.ledTo(`${SITE}/fr/#top`, first);
    assert.deepEqual(queue.origins, [SITE, 'http://example.fr']);
    queue.addLinks([`${SITE}/fr/`, `${SITE}/a`, 'http://example.fr/b'], first.depth);
    const second = queue.next()!;
    assert.equal(second.url, `${SITE}/a`);
    queue.ledTo('https://login.other.example/', second);
    assert.deepEqual(queue.origins, [SITE, 'http://example.fr'], 'a link that leads elsewhere is none of the site');
    assert.equal(queue.next()!.url, 'http://example.fr/b');
  });
});
