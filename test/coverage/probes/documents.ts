import type { Aim, Probe } from '../probe';
import { KEPT_FRAME } from './frames';

const xhtml = (body: string) =>
  `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>a</title></head><body>${body}</body></html>`;
const inSvg = (body: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg"><foreignObject width="80" height="80"><body xmlns="http://www.w3.org/1999/xhtml">${body}</body></foreignObject></svg>`;

const UNSNIFFED: Pick<Probe, 'staysClosed' | 'reason'> = {
  staysClosed: 'webkit',
  reason: 'WebKit looks into no document that has passed a worker for what it may be, so shows it as text',
};

/** A document whose type is written in an odd way, or not at all; sent with the lock like any other. */
function typed(id: string, type: string, write = (body: string) => body, file = 'frame.html'): Probe {
  return inTyped(id, type, 'frame', ({ url }) => `<iframe src="${url('a.html')}"></iframe>`, write, file);
}

function typedWithSocket(id: string, type: string, write = (body: string) => body, file = 'frame.html'): Probe[] {
  const socket = inTyped(
    `${id}-socket`,
    type,
    'WebSocket',
    ({ webSocket }) => `<script>new WebSocket('${webSocket}')</script>`,
    write,
    file,
  );
  return [typed(id, type, write, file), socket];
}

function inTyped(
  id: string,
  type: string,
  what: string,
  body: (aim: Aim) => string,
  write: (body: string) => string,
  file: string,
): Probe {
  return {
    id: `type-${id}`,
    title: `${what} in a document with ${type ? `\`Content-Type: ${type}\`` : 'no `Content-Type`'}`,
    closedBy: 'wall',
    lostOnReload: KEPT_FRAME,
    html: ({ own }) => `<iframe src="${own(file)}"></iframe>`,
    site: (aim) => ({ [file]: { body: write(body(aim)), headers: { 'content-type': type } } }),
  };
}

/** What is shown as a document although it is none that could hold anything. */
function plain(id: string, type: string): Probe {
  return {
    id: `link-header-${id}`,
    title: `\`Link: rel=preload\` of a frame with \`Content-Type: ${type}\``,
    closedBy: 'wall',
    html: ({ own }) => `<iframe src="${own('frame.html')}"></iframe>`,
    site: ({ url }) => ({
      'frame.html': {
        body: 'text',
        headers: { 'content-type': type, link: `<${url('a.png')}>; rel=preload; as=image` },
      },
    }),
  };
}

/** Documents of the site that are not HTML. */
export const documents: Probe[] = [
  {
    id: 'xml-stylesheet',
    title: '`<?xml-stylesheet?>`: CSS',
    closedBy: 'gate',
    html: ({ own }) => `<iframe src="${own('own.xml')}"></iframe>`,
    site: ({ url }) => ({ 'own.xml': `<?xml-stylesheet type="text/css" href="${url('a.css')}"?><root>text</root>` }),
  },
  {
    id: 'xml-stylesheet-xsl',
    title: '`<?xml-stylesheet?>`: XSLT',
    closedBy: 'gate',
    html: ({ own }) => `<iframe src="${own('own.xml')}"></iframe>`,
    site: ({ url }) => ({ 'own.xml': `<?xml-stylesheet type="text/xsl" href="${url('a.xsl')}"?><root>text</root>` }),
  },
  {
    id: 'xsl-import',
    title: '`<xsl:import>` in a style sheet of the site',
    closedBy: 'gate',
    html: ({ own }) => `<iframe src="${own('own.xml')}"></iframe>`,
    site: ({ url, own }) => ({
      'own.xml': `<?xml-stylesheet type="text/xsl" href="${own('own.xsl')}"?><root>text</root>`,
      'own.xsl': `<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:import href="${url('a.xsl')}"/></xsl:stylesheet>`,
    }),
  },
  {
    id: 'xsl-include',
    title: '`<xsl:include>` in a style sheet of the site',
    closedBy: 'gate',
    html: ({ own }) => `<iframe src="${own('own.xml')}"></iframe>`,
    site: ({ url, own }) => ({
      'own.xml': `<?xml-stylesheet type="text/xsl" href="${own('own.xsl')}"?><root>text</root>`,
      'own.xsl': `<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:include href="${url('a.xsl')}"/></xsl:stylesheet>`,
    }),
  },
  {
    id: 'xslt-processor',
    title: '`XSLTProcessor`: `<xsl:import>`',
    closedBy: 'gate',
    script: ({ url }) => `
      const sheet = '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:import href="${url('a.xsl')}"/></xsl:stylesheet>';
      new XSLTProcessor().importStylesheet(new DOMParser().parseFromString(sheet, 'text/xml'));`,
  },
  {
    id: 'xsl-output-frame',
    title: 'frame in what XSLT made',
    closedBy: 'wall',
    html: ({ own }) => `<iframe src="${own('own.xml')}"></iframe>`,
    site: ({ url, own }) => ({
      'own.xml': `<?xml-stylesheet type="text/xsl" href="${own('own.xsl')}"?><root>text</root>`,
      'own.xsl': `<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:output method="html"/><xsl:template match="/"><html><body><iframe src="${url('a.html')}"/></body></html></xsl:template></xsl:stylesheet>`,
    }),
  },
  {
    id: 'xml-include',
    title: 'XInclude',
    closedBy: 'gate',
    silent: 'not in these engines',
    html: ({ own }) => `<iframe src="${own('own.xml')}"></iframe>`,
    site: ({ url }) => ({
      'own.xml': `<root xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="${url('a.xml')}"/></root>`,
    }),
  },
  {
    id: 'xsl-document',
    title: '`document()` in a style sheet of the site',
    closedBy: 'gate',
    html: ({ own }) => `<iframe src="${own('own.xml')}"></iframe>`,
    site: ({ url, own }) => ({
      'own.xml': `<?xml-stylesheet type="text/xsl" href="${own('own.xsl')}"?><root>text</root>`,
      'own.xsl': `<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/"><html><xsl:copy-of select="document('${url('a.xml')}')"/></html></xsl:template></xsl:stylesheet>`,
    }),
  },
  {
    id: 'xsl-output',
    title: 'image in what XSLT made',
    closedBy: 'wall',
    html: ({ own }) => `<iframe src="${own('own.xml')}"></iframe>`,
    site: ({ url, own }) => ({
      'own.xml': `<?xml-stylesheet type="text/xsl" href="${own('own.xsl')}"?><root>text</root>`,
      'own.xsl': `<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:output method="html"/><xsl:template match="/"><html><body><img src="${url('a.png')}"/></body></html></xsl:template></xsl:stylesheet>`,
    }),
  },
  {
    id: 'xhtml-image',
    title: 'image in an XHTML frame',
    closedBy: 'gate',
    html: ({ own }) => `<iframe src="${own('own.xhtml')}"></iframe>`,
    site: ({ url }) => ({
      'own.xhtml': `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>a</title></head><body><img src="${url('a.png')}"/></body></html>`,
    }),
  },
  {
    id: 'xml-entity',
    title: 'external DTD and entity',
    closedBy: 'gate',
    silent: 'browsers load neither',
    html: ({ own }) => `<iframe src="${own('own.xml')}"></iframe>`,
    site: ({ url }) => ({
      'own.xml': `<!DOCTYPE root SYSTEM "${url('a.xml')}" [<!ENTITY far SYSTEM "${url('a.txt')}">]><root>&far;</root>`,
    }),
  },
  {
    id: 'plain-frame-link-header',
    title: '`Link: rel=preload` of a frame',
    closedBy: 'wall',
    html: ({ own }) => `<iframe src="${own('frame.html')}"></iframe>`,
    site: ({ url }) => ({
      'frame.html': { body: 'text', headers: { link: `<${url('a.png')}>; rel=preload; as=image` } },
    }),
  },
  plain('text', 'text/plain'),
  plain('json', 'application/json'),
  ...typedWithSocket('capitals', 'Text/HTML'),
  typed('charset', 'text/html ; charset="x-user-defined"; a=b'),
  ...typedWithSocket('none', ''),
  ...typedWithSocket('any', '*/*').map((probe) => ({ ...probe, ...UNSNIFFED })),
  { ...typed('unknown', 'unknown/unknown'), ...UNSNIFFED },
  { ...typed('application-unknown', 'application/unknown'), ...UNSNIFFED },
  { ...typed('word', 'text'), ...UNSNIFFED },
  ...typedWithSocket('svg-capitals', 'Image/SVG+XML', inSvg, 'own.svg'),
  typed('xhtml', 'application/xhtml+xml', xhtml, 'own.svg'),
  typed('xml', 'application/xml', xhtml, 'own.svg'),
  typed('text-xml', 'text/xml', xhtml, 'own.svg'),
  typed('rdf', 'application/rdf+xml', xhtml, 'own.svg'),
  typed('xsl', 'text/xsl', xhtml, 'own.svg'),
];
