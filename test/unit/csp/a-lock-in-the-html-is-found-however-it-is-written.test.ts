import assert from 'node:assert/strict';
import fc from 'fast-check';
import { closedCsp } from '../../../src/csp/document-csp';
import { blankMetaLock } from '../../../sw/blank-meta-lock';
import { policyFor } from '../sample-policy';

const LOCK = closedCsp(
  policyFor([
    { id: 'cdn', purpose: 'necessary', origins: ["https://cdn.example/a&b='c'/", 'https://*.tiles.example:8443'] },
  ]),
);
const escaped = LOCK.replaceAll('&', '&amp;');
const META = `<meta http-equiv="Content-Security-Policy" content="${escaped}">`;

/** The document as it arrives, sent in pieces of these lengths, and the locks that were found. */
async function blanked(html: string, lengths: number[] = []): Promise<{ html: string; locks: string[] }> {
  const locks: string[] = [];
  const stream = blankMetaLock((policy) => locks.push(policy));
  const writer = stream.writable.getWriter();
  const bytes = new TextEncoder().encode(html);
  const pieces: Uint8Array[] = [];
  for (let at = 0, n = 0; at < bytes.length; n++) {
    const length = lengths[n % lengths.length] ?? bytes.length;
    pieces.push(bytes.subarray(at, (at += length)));
  }
  const reading = (async () => {
    const parts: Uint8Array[] = [];
    for await (const part of stream.readable as unknown as AsyncIterable<Uint8Array>) parts.push(part);
    return Buffer.concat(parts).toString();
  })();
  for (const piece of pieces) await writer.write(piece);
  await writer.close();
  return { html: await reading, locks };
}

const page = (before: string, tag: string, after = '') =>
  `<!doctype html>\n<html lang="fr"><head>${before}${tag}<title>Été</title>${after}</head><body><p>${META}</p></body></html>`;
/** What stands in the place of a lock: as long, and nothing to any framework. */
const blank = (tag: string) => `<!--${' '.repeat(tag.length - 7)}-->`;
const words = LOCK.split(' ');

const WRITTEN: Record<string, string> = {
  'as it is printed': META,
  'over several lines': `<meta\n    http-equiv="Content-Security-Policy"\n    content="${escaped.replaceAll(' ', '\n      ')}"\n  />`,
  'its last words on lines of their own': META.replace(
    'report-to cookie-gatekeeper',
    'report-to\r\n\tcookie-gatekeeper\n',
  ),
  'attributes the other way round': `<meta content="${escaped}" http-equiv="Content-Security-Policy">`,
  'in small letters': META.replace('Content-Security-Policy', 'content-security-policy'),
  'in capitals': META.replace('<meta http-equiv', '<META HTTP-EQUIV')
    .replace('content="', 'CONTENT="')
    .replace('report-to', 'Report-To'),
  'without quotes where none are needed': META.replace('"Content-Security-Policy"', 'Content-Security-Policy'),
  'in single quotes': `<meta http-equiv='Content-Security-Policy' content='${escaped.replaceAll("'", '&#39;')}'>`,
  'with hexadecimal entities': META.replaceAll("'", '&#x27;').replaceAll('/', '&#x2F;'),
  'with named entities': META.replaceAll("'", '&apos;'),
  'with spaces around "="': META.replace('content=', 'content = ').replace('http-equiv=', 'http-equiv\n='),
  'with attributes of a framework': META.replace('<meta ', '<meta data-n-head="ssr" data-a=">" id=lock '),
  'closed as in XML': META.replace('>', ' />'),
  'its directives in another order': META.replace(escaped, escaped.split('; ').reverse().join(';')),
};

const NOT_OURS: Record<string, string> = {
  'a policy of the site’s own with an endpoint of a similar name': `<meta http-equiv="Content-Security-Policy" content="default-src 'self'; report-to cookie-gatekeeper-own">`,
  'one with another endpoint first': `<meta http-equiv="Content-Security-Policy" content="default-src 'self'; report-to own; report-to cookie-gatekeeper">`,
  'one with two endpoints': `<meta http-equiv="Content-Security-Policy" content="default-src 'self'; report-to cookie-gatekeeper own">`,
  'one that has the words in an address': `<meta http-equiv="Content-Security-Policy" content="img-src https://x/report-to cookie-gatekeeper">`,
  'a description of it': `<meta name="description" content="${escaped}">`,
  'a report-only one': META.replace('Content-Security-Policy"', 'Content-Security-Policy-Report-Only"'),
  'a comment': `<!-- ${META} -->`,
  'a comment that seems to end': `<!-- -- > -> ${META} -->`,
  'a script': `<script>document.write('${META}')</script>`,
  'a script that seems to end': `<script>"</scripts>${META}"</SCRIPT >`,
  'a style': `<style>/* ${META} */</style>`,
  'a title': `<title>${META}</title>`,
  'markup for who runs no scripts': `<noscript>${META}</noscript>`,
  'a template': `<template>${META}</template>`,
  'an attribute’s value': `<link rel="x" data-html='${META}'>`,
  'another one': `<link rel="x" data-html='a > b ${META}' href=a"b>`,
  'a declaration': `<?xml ${META.replace('>', '')}?>`,
};

describe('A lock in the HTML is found however it is written', () => {
  for (const [how, tag] of Object.entries(WRITTEN)) {
    it(`${how}: it is blanked, and nothing else`, async () => {
      const { html, locks } = await blanked(page('<meta charset="utf-8">', tag));
      assert.equal(html, page('<meta charset="utf-8">', blank(tag)));
      assert.deepEqual(
        locks.map((policy) => new Set(policy.toLowerCase().replaceAll(';', ' ').split(/\s+/).filter(Boolean))),
        [new Set(words.map((word) => word.replace(';', '').toLowerCase()))],
      );
    });
  }

  for (const [what, markup] of Object.entries(NOT_OURS)) {
    it(`${what}, before it: stays`, async () => {
      const { html } = await blanked(page(markup, META));
      assert.equal(html, page(markup, blank(META)));
      assert.equal((await blanked(page(markup, ''))).html, page(markup, ''));
    });
  }

  it('twice: both are blanked', async () => {
    assert.equal((await blanked(page(META, META))).html, page(blank(META), blank(META)));
  });

  it('wherever the pieces of the document end', async () => {
    const anyMarkup = fc.oneof(
      fc
        .constantFrom(
          ...Object.values(NOT_OURS),
          '<!-->',
          '<!--->',
          '<!doctype html>',
          '</3>',
          '< ',
          '&lt;',
          '\n',
          '"',
          "'",
          'é',
          '--!>',
        )
        .map((markup) => ({ markup, kept: markup })),
      fc.constantFrom(...Object.values(WRITTEN)).map((markup) => ({ markup, kept: blank(markup) })),
    );
    const anyHead = fc.array(anyMarkup, { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        anyHead,
        fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 8 }),
        async (head, lengths) => {
          const written = page(head.map(({ markup }) => markup).join(''), '');
          const expected = page(head.map(({ kept }) => kept).join(''), '');
          assert.equal((await blanked(written, lengths)).html, expected);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('any bytes arrive as they are, and in time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 40 }), async (bytes, length) => {
        const text = Buffer.from(bytes)
          .toString('latin1')
          .replace(/[\x80-\xff]/g, '<');
        assert.equal((await blanked(text, [length])).html, text);
      }),
    );
  });

  it('what is not finished is held back, and nothing else', async () => {
    const stream = blankMetaLock(() => true);
    const [writer, reader] = [stream.writable.getWriter(), stream.readable.getReader()];
    const send = async (text: string) => {
      void writer.write(new TextEncoder().encode(text));
      return Buffer.from((await reader.read()).value!).toString();
    };
    assert.equal(await send('<head><meta http-eq'), '<head>');
    assert.equal(await send('uiv=x><script>let a = 1;'), '<meta http-equiv=x>');
    assert.equal(await send('</script>text'), '<script>let a = 1;</script>text');
  });

  it('a tag that never ends costs no time', async () => {
    const unfinished = `<head><a ${'x=abcdef y="z" '.repeat(4000)}`;
    const started = performance.now();
    assert.equal((await blanked(unfinished, [1000])).html, unfinished);
    assert.ok(performance.now() - started < 3000, `${performance.now() - started} ms`);
  });
});
