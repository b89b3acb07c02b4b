import assert from 'node:assert/strict';
import { parseHostSource, type HostSource } from '../../../src/origins/host-source';

const READ: [string, HostSource][] = [
  ['example.com', { scheme: undefined, host: 'example.com', port: undefined, path: '' }],
  ['https://example.com', { scheme: 'https', host: 'example.com', port: undefined, path: '' }],
  ['HTTPS://EXAMPLE.com/Path', { scheme: 'https', host: 'example.com', port: undefined, path: '/Path' }],
  ['https://*.example.com:8443/path/', { scheme: 'https', host: '*.example.com', port: '8443', path: '/path/' }],
  ['wss://example.com:*', { scheme: 'wss', host: 'example.com', port: '*', path: '' }],
  ['*.example.com:*/a/b', { scheme: undefined, host: '*.example.com', port: '*', path: '/a/b' }],
  ['http://localhost:3000/', { scheme: 'http', host: 'localhost', port: '3000', path: '/' }],
  ['https://xn--e1afmkfd.example', { scheme: 'https', host: 'xn--e1afmkfd.example', port: undefined, path: '' }],
  ['https://example.com/a%20b', { scheme: 'https', host: 'example.com', port: undefined, path: '/a%20b' }],
];

const NOT_READ: Record<string, string[]> = {
  'nothing, keywords and other source expressions': [
    '',
    ' ',
    '*',
    'https:',
    'data:',
    "'self'",
    "'none'",
    "'unsafe-inline'",
    "'nonce-abc'",
    "'sha256-abc='",
  ],
  'a scheme without a host': ['https://', 'https:///path', '//example.com', '://example.com', 'https:example.com'],
  'a scheme that is not one': ['1https://example.com', '-https://example.com', 'ht tps://example.com'],
  'a wildcard elsewhere than as the leftmost label': [
    'https://*example.com',
    'https://www.*.example.com',
    'https://example.*',
    'https://*.',
    'https://*.*.example.com',
    'https://**.example.com',
  ],
  'a host that is not one': [
    'https://.example.com',
    'https://example..com',
    'https://exa_mple.com',
    'https://exämple.com',
    'https://user@example.com',
    'https://[::1]',
    'https://example.com\\path',
  ],
  'a port that is not one': [
    'https://example.com:',
    'https://example.com:x',
    'https://example.com:80*',
    'https://example.com:-1',
    'https://example.com:/path',
  ],
  'a query, a fragment, or more than one expression': [
    'https://example.com?q',
    'https://example.com/?q',
    'https://example.com/#f',
    'https://example.com/a;b',
    'https://example.com/a,b',
    'https://example.com https://example.org',
    'https://example.com/a b',
    ' https://example.com',
    'https://example.com ',
    'https://example.com\n',
    'https://example.com/\n',
    "https://example.com/; script-src 'unsafe-inline'",
  ],
  'a path that is not one': [
    'https//example.com',
    'https://example.com//path',
    'https://example.com/"',
    'https://example.com/<a>',
    'https://example.com/%zz',
  ],
  'a path that no header can carry': [
    'https://example.com/é',
    'https://example.com/日本/',
    'https://example.com/\u0000',
  ],
};

describe('Only host-sources are read as origins', () => {
  for (const [text, expected] of READ) {
    it(`reads ${text}`, () => {
      assert.deepEqual({ ...parseHostSource(text) }, expected);
    });
  }

  it('reads a host with a closing dot, which the grammar allows', () => {
    assert.equal(parseHostSource('https://example.com./path')?.path, '/path');
  });

  for (const [title, texts] of Object.entries(NOT_READ)) {
    describe(`does not read ${title}`, () => {
      for (const text of texts) {
        it(JSON.stringify(text), () => {
          assert.equal(parseHostSource(text), undefined);
        });
      }
    });
  }
});
