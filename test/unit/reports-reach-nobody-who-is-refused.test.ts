import assert from 'node:assert/strict';
import { closeReports } from '../../sw/close-reports';

const isRefused = (url: string) => url.includes('refused');

function closed(name: string, value: string): string | null {
  const headers = new Headers({ [name]: value });
  closeReports(headers, isRefused);
  return headers.get(name);
}

describe('Reports reach nobody who is refused', () => {
  const CSP = 'Content-Security-Policy';

  for (const [what, before, after] of [
    ['a directive that names one', "default-src 'self'; report-uri https://refused.example/r; img-src *", "default-src 'self';; img-src *"],
    ['the first one', "report-uri https://refused.example/r; default-src 'self'", "; default-src 'self'"],
    ['one beside the site’s own', "default-src 'self'; report-uri /own https://refused.example/r", "default-src 'self';"],
    ['one between tabs', "default-src 'self';\treport-uri\thttps://refused.example/r", "default-src 'self';"],
    ['one in the second policy', "default-src 'self', script-src 'self'; REPORT-URI https://refused.example/r", "default-src 'self', script-src 'self';"],
  ] as const) {
    it(`${what} is taken out`, () => {
      assert.equal(closed(CSP, before), after);
      assert.equal(closed(`${CSP}-Report-Only`, before), after);
    });
  }

  for (const [what, policy] of [
    ['the site’s own reports', "default-src 'self'; report-uri /own"],
    ['a host that is only called so', "connect-src 'self' https://x.report-uri.com https://*.refused.example:*"],
    ['what no report goes to', "connect-src https://refused.example; report-uri /own"],
  ] as const) {
    it(`${what} is left alone`, () => assert.equal(closed(CSP, policy), policy));
  }

  it('endpoints of the Reporting API go as a whole', () => {
    assert.equal(closed('Reporting-Endpoints', 'a="https://refused.example/r", b="/own"'), null);
    assert.equal(closed('Report-To', '{"group":"a","endpoints":[{"url":"https://refused.example/r"}]}'), null);
    assert.equal(closed('Reporting-Endpoints', 'a="https://fine.example/r"'), 'a="https://fine.example/r"');
  });
});
