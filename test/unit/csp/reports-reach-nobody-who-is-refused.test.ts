import assert from 'node:assert/strict';
import fc from 'fast-check';
import { stripReportEndpoints } from '../../../src/csp/strip-report-endpoints';
import { stripStoredReportEndpoints } from '../../../src/server/strip-stored-report-endpoints';

/** As the gate does: by the host, however it is written; what is no address is refused. */
const isRefused = (url: string) =>
  !URL.canParse(url, 'https://site.example/') || new URL(url, 'https://site.example/').host === 'refused.example';

function closed(name: string, value: string, more: Record<string, string> = {}): string | null {
  const headers = new Headers({ [name]: value, ...more });
  stripReportEndpoints(headers, isRefused);
  stripStoredReportEndpoints(headers, isRefused);
  return headers.get(name);
}

describe('Reports reach nobody who is refused', () => {
  const CSP = 'Content-Security-Policy';

  for (const [what, before, after] of [
    [
      'a directive that names one',
      "default-src 'self'; report-uri https://refused.example/r; img-src *",
      "default-src 'self'; img-src *",
    ],
    ['the first one', "report-uri https://refused.example/r; default-src 'self'", "default-src 'self'"],
    [
      'one beside the site’s own',
      "default-src 'self'; report-uri /own https://refused.example/r",
      "default-src 'self'; report-uri /own",
    ],
    [
      'one between tabs',
      "default-src 'self';\treport-uri\t/own\thttps://refused.example/r",
      "default-src 'self'; report-uri /own",
    ],
    ['one in capitals', "default-src 'self'; Report-URI HTTPS://REFUSED.example/r", "default-src 'self'"],
    ['one without a scheme', "default-src 'self'; report-uri //refused.example/r", "default-src 'self'"],
    ['one with backslashes', "default-src 'self'; report-uri \\\\refused.example/r", "default-src 'self'"],
    [
      'one in the second policy',
      "default-src 'self', script-src 'self'; REPORT-URI https://refused.example/r",
      "default-src 'self', script-src 'self'",
    ],
    ['a second directive of the name', 'report-uri /own; report-uri https://refused.example/r', 'report-uri /own'],
    ['all that there is', 'report-uri https://refused.example/r', null],
  ] as const) {
    it(`${what} is taken out`, () => {
      assert.equal(closed(CSP, before), after);
      assert.equal(closed(`${CSP}-Report-Only`, before), after);
    });
  }

  for (const [what, policy] of [
    ['the site’s own reports', "default-src 'self'; report-uri /own"],
    ['a host that is only called so', "connect-src 'self' https://x.report-uri.com https://*.refused.example:*"],
    ['what no report goes to', 'connect-src https://refused.example; report-uri /own'],
    ['another directive that begins alike', 'x-report-uri https://refused.example/'],
  ] as const) {
    it(`${what} is left alone`, () => assert.equal(closed(CSP, policy), policy));
  }

  for (const [what, before, after] of [
    ['alone', 'a="https://refused.example/r"', null],
    ['beside the site’s own', 'a="https://refused.example/r", b="/own"', 'b="/own"'],
    ['in capitals', 'b="/own", a="HTTPS://REFUSED.example/r"', 'b="/own"'],
    ['without a scheme', 'b="/own",a="//refused.example/r"', 'b="/own"'],
    ['with escapes', 'b="/own", a="https:\\\\\\\\refused.example/r"', 'b="/own"'],
    ['with parameters', 'b="/own";x=1, a="https://refused.example/a,b";x="," ', 'b="/own";x=1'],
    ['not closed', 'b="/own", a="https://refused.example/', 'b="/own"'],
    [
      'none',
      'b="/own", c="https://other.example/https://refused.example/"',
      'b="/own", c="https://other.example/https://refused.example/"',
    ],
  ] as const) {
    it(`endpoints: one that is refused goes, ${what}`, () =>
      assert.equal(closed('Reporting-Endpoints', before), after));
  }

  const group = (name: string, ...urls: string[]) =>
    JSON.stringify({ group: name, max_age: 60, endpoints: urls.map((url) => ({ url })) });
  for (const [what, before, after] of [
    ['alone', group('a', 'https://refused.example/r'), null],
    ['beside another group', `${group('a', 'https://refused.example/r')}, ${group('b', '/own')}`, group('b', '/own')],
    ['beside another of the group', group('a', '/own', 'HTTPS://refused.example/'), group('a', '/own')],
    ['with escapes', group('a', 'https://refused.example/r').replaceAll('/', '\\/').replace('h', '\\u0068'), null],
    ['in what no browser reads', '{"endpoints":[{"url":"https://refused.example/r"}]', null],
    ['none', group('a', '/own', 'https://other.example/'), group('a', '/own', 'https://other.example/')],
  ] as const) {
    it(`groups: an address that is refused goes, ${what}`, () => assert.equal(closed('Report-To', before), after));
  }

  it('a log of network errors goes with its group', () => {
    const log = '{"report_to":"a","max_age":60}';
    assert.equal(closed('NEL', log, { 'Report-To': group('a', 'https://refused.example/r') }), null);
    assert.equal(
      closed('NEL', log, { 'Report-To': group('b', '/own') }),
      null,
      'a group that the browser may have from before',
    );
    assert.equal(closed('NEL', log), null);
    assert.equal(closed('NEL', log, { 'Report-To': group('a', '/own') }), log);
    assert.equal(
      closed('NEL', '{"report_to":"a","max_age":0}'),
      '{"report_to":"a","max_age":0}',
      'which makes the browser forget',
    );
  });

  it('whatever the headers are: nothing is thrown, and no directive names a refused address', () => {
    const word = fc.constantFrom(
      'report-uri',
      'REPORT-URI',
      ' ',
      '\t',
      ';',
      ',',
      '"',
      '\\',
      '=',
      'a',
      '/own',
      'https://refused.example/',
      'HTTPS://refused.example',
      '{',
      '}',
      '[]',
      'null',
      '{"group":"a"}',
      '"endpoints":[',
    );
    const value = fc.array(word, { maxLength: 12 }).map((words) => words.join(''));
    fc.assert(
      fc.property(value, fc.constantFrom('Reporting-Endpoints', 'Report-To', 'NEL', CSP), (text, name) => {
        const after = closed(name, text) ?? '';
        if (name === CSP)
          for (const [, uris] of after.matchAll(/(?:^|[;,])[ \t]*report-uri[ \t]([^;,]*)/gi))
            for (const url of uris!.split(/\s+/)) assert.ok(!isRefused(url), after);
      }),
      { numRuns: 2000 },
    );
  });
});
