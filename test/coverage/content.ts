/** A file's type and content, so that a probe that gets through really completes. */
export interface Content {
  type: string;
  body: string | Buffer;
}

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><defs>
<filter id="filter"><feOffset/></filter><mask id="mask"><rect width="8" height="8" fill="white"/></mask>
<clipPath id="clip"><rect width="8" height="8"/></clipPath><linearGradient id="gradient"/>
<marker id="marker"/><path id="path" d="M0 0h8"/></defs><rect id="shape" width="8" height="8"/></svg>`;

const STYLE_SHEET = `<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:template match="/"><html><body>styled</body></html></xsl:template></xsl:stylesheet>`;

/** A tenth of a second of silence. */
function wav(): Buffer {
  const samples = 800;
  const buffer = Buffer.alloc(44 + samples, 128);
  buffer.write('RIFF', 0);
  buffer.writeUInt32LE(36 + samples, 4);
  buffer.write('WAVEfmt ', 8);
  buffer.writeUInt32LE(16, 16);
  buffer.writeUInt16LE(1, 20);
  buffer.writeUInt16LE(1, 22);
  buffer.writeUInt32LE(8000, 24);
  buffer.writeUInt32LE(8000, 28);
  buffer.writeUInt16LE(1, 32);
  buffer.writeUInt16LE(8, 34);
  buffer.write('data', 36);
  buffer.writeUInt32LE(samples, 40);
  return buffer;
}

const CONTENT: Record<string, Content> = {
  css: { type: 'text/css', body: '/* nothing */' },
  // Reconnecting is put off beyond the end of any test.
  events: { type: 'text/event-stream', body: 'retry: 600000\ndata: here\n\n' },
  html: { type: 'text/html; charset=utf-8', body: '<!doctype html><title>third party</title>' },
  js: { type: 'text/javascript', body: ';' },
  json: { type: 'application/json', body: '{}' },
  m3u8: { type: 'application/vnd.apple.mpegurl', body: '#EXTM3U\n#EXT-X-ENDLIST\n' },
  png: { type: 'image/png', body: PNG },
  rules: { type: 'application/speculationrules+json', body: '{"prefetch":[]}' },
  svg: { type: 'image/svg+xml', body: SVG },
  txt: { type: 'text/plain', body: 'text' },
  vtt: { type: 'text/vtt', body: 'WEBVTT\n\n00:00.000 --> 00:01.000\nhere\n' },
  wasm: { type: 'application/wasm', body: Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]) },
  wav: { type: 'audio/wav', body: wav() },
  // Not a font: the request is what counts, and a font that does not decode ends as quietly as one that does.
  woff2: { type: 'font/woff2', body: '' },
  // Not shown, so it is downloaded.
  zip: { type: 'application/zip', body: 'PK' },
  xhtml: { type: 'application/xhtml+xml', body: '<html xmlns="http://www.w3.org/1999/xhtml"/>' },
  xml: { type: 'text/xml', body: '<root/>' },
  xsl: { type: 'text/xsl', body: STYLE_SHEET },
};

/** What a server answers for a file of this name. */
export function contentOf(file: string): Content {
  return CONTENT[file.slice(file.lastIndexOf('.') + 1)] ?? CONTENT['txt']!;
}
