import type { Probe } from '../probe';

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
    site: ({ url }) => ({ 'own.xhtml': `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>a</title></head><body><img src="${url('a.png')}"/></body></html>` }),
  },
  {
    id: 'xml-entity',
    title: 'external DTD and entity',
    closedBy: 'gate',
    silent: 'browsers load neither',
    html: ({ own }) => `<iframe src="${own('own.xml')}"></iframe>`,
    site: ({ url }) => ({ 'own.xml': `<!DOCTYPE root SYSTEM "${url('a.xml')}" [<!ENTITY far SYSTEM "${url('a.txt')}">]><root>&far;</root>` }),
  },
  {
    id: 'plain-frame-link-header',
    title: '`Link: rel=preload` of a frame',
    closedBy: 'wall',
    html: ({ own }) => `<iframe src="${own('frame.html')}"></iframe>`,
    site: ({ url }) => ({ 'frame.html': { body: 'text', headers: { link: `<${url('a.png')}>; rel=preload; as=image` } } }),
  },
];
