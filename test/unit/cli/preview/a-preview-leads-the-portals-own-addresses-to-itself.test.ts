import assert from 'node:assert/strict';
import { mapRequest, mapResponse } from '../../../../src/cli/preview/map-response';
import { MappedAddresses } from '../../../../src/cli/preview/mapped-addresses';
import { PreviewCsp } from '../../../../src/cli/preview/preview-csp';

const PREVIEW = 'http://localhost:8088';
const addresses = new MappedAddresses(new URL('https://data.portal.example/start'), new URL(PREVIEW));
const mapping = {
  addresses,
  csp: new PreviewCsp(addresses),
  needed: { scripts: [], worker: `${PREVIEW}/gatekeeper-sw.js`, posts: `${PREVIEW}/__gatekeeper-preview/` },
};

/** What is written, and what a browser gets; both have others' addresses that only look alike. */
const TEXTS: [written: string, mapped: string][] = [
  ['<a href="https://data.portal.example/a?b=1">', '<a href="http://localhost:8088/a?b=1">'],
  ["<img src='//DATA.portal.example/a.png'>", "<img src='//localhost:8088/a.png'>"],
  ['{"url":"https:\\/\\/data.portal.example\\/api"}', '{"url":"http:\\/\\/localhost:8088\\/api"}'],
  ["new WebSocket('wss://data.portal.example:443/live')", "new WebSocket('ws://localhost:8088/live')"],
  ['See http://data.portal.example.', 'See http://localhost:8088.'],
  ['https://data.portal.example.evil.test/', 'https://data.portal.example.evil.test/'],
  ['https://xdata.portal.example/', 'https://xdata.portal.example/'],
  [
    'https://data-portal.example/ https://data.portal.example:8443/',
    'https://data-portal.example/ https://data.portal.example:8443/',
  ],
  ['https://data.portal.example@evil.test/', 'https://data.portal.example@evil.test/'],
  ['https://portal.example/ é', 'https://portal.example/ é'],
];

/** A response whose body comes in pieces of some bytes. */
function inPieces(text: string, size: number, headers: Record<string, string>): Response {
  const bytes = new TextEncoder().encode(text);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
      controller.close();
    },
  });
  return new Response(body, { headers });
}

describe('A preview leads the portal’s own addresses to itself', () => {
  it('in what pages are made of, however it is cut into pieces', async () => {
    const written = TEXTS.map(([text]) => text).join('\n');
    const expected = TEXTS.map(([, text]) => text).join('\n');
    for (const type of ['text/html', 'text/css', 'application/javascript', 'application/json'])
      for (const size of type === 'text/html' ? [1, 2, 3, 7, 29, 10_000] : [64])
        assert.equal(
          await mapResponse(inPieces(written, size, { 'Content-Type': type, 'Content-Length': '1' }), mapping).text(),
          expected,
          `${type} in pieces of ${size}`,
        );
  });

  it('and in nothing else, of which a part may be asked for', async () => {
    const [[text]] = TEXTS as [[string, string]];
    const csv = mapResponse(inPieces(text, 9, { 'Content-Type': 'text/csv', 'Accept-Ranges': 'bytes' }), mapping);
    assert.deepEqual([csv.headers.get('accept-ranges'), await csv.text()], ['bytes', text]);
    const part = mapResponse(new Response(text, { status: 206, headers: { 'Content-Type': 'text/html' } }), mapping);
    assert.equal(await part.text(), text);
  });

  it('holds back nothing that is no beginning of one', async () => {
    const stream = addresses.stream();
    const writer = stream.writable.getWriter();
    const reader = stream.readable.getReader();
    for (const piece of ['<p>one</p>', '<p>two</p>']) {
      const written = writer.write(new TextEncoder().encode(piece));
      assert.equal(Buffer.from((await reader.read()).value!).toString(), piece);
      await written;
    }
  });

  it('in headers, where cookies are kept for this machine in every browser', () => {
    const headers = new Headers({
      Location: 'https://data.portal.example/there',
      'Access-Control-Allow-Origin': 'https://data.portal.example',
      'Strict-Transport-Security': 'max-age=1',
      ETag: '"1"',
      'Content-Type': 'text/javascript',
    });
    const cookies = [
      'a=1; Domain=.portal.example; Path=/; Secure; HttpOnly',
      'b=2; SameSite=None; Secure; Partitioned',
      '__Host-c=3; Path=/; Secure',
    ];
    for (const cookie of cookies) headers.append('Set-Cookie', cookie);
    const mapped = mapResponse(new Response('', { headers }), mapping).headers;
    assert.equal(mapped.get('location'), `${PREVIEW}/there`);
    assert.equal(mapped.get('access-control-allow-origin'), PREVIEW);
    assert.equal(mapped.get('strict-transport-security'), null);
    assert.equal(mapped.get('etag'), 'W/"1"');
    assert.deepEqual(mapped.getSetCookie(), [
      'a=1; Path=/; HttpOnly',
      'b=2; SameSite=Lax',
      '__Host-c=3; Path=/; Secure',
    ]);
  });

  it('in what is not compressed, as it would be for who accepts that', () => {
    const headers = { 'Accept-Encoding': 'gzip' };
    assert.equal(mapRequest(new Request(PREVIEW, { headers }), mapping).headers.get('accept-encoding'), null);
  });

  it('and back, so that the portal hears of none but itself', () => {
    const request = mapRequest(
      new Request(`${PREVIEW}//other.example/a?next=1`, {
        headers: { Origin: PREVIEW, Referer: `${PREVIEW}/page`, Cookie: 'a=1', 'X-Forwarded-For': '127.0.0.1' },
      }),
      mapping,
    );
    assert.equal(request.url, 'https://data.portal.example//other.example/a?next=1');
    assert.equal(request.headers.get('origin'), 'https://data.portal.example');
    assert.equal(request.headers.get('referer'), 'https://data.portal.example/page');
    assert.equal(request.headers.get('x-forwarded-for'), null);
    assert.equal(addresses.toPortal('http://localhost:80881/'), 'http://localhost:80881/');
  });
});
