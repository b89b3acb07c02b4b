import type { Probe } from '../probe';

export const KEPT_FRAME = {
  engine: 'firefox',
  reason: 'Firefox brings frames back over a reload as they were: closed, or now and then empty',
} as const;

const UNCONTROLLED = 'the worker does not control this document, so its lock stays';

const EMBEDDED = 'browsers load the documents of `<object>` and `<embed>` past the worker, so their lock stays';

const all: Probe[] = [
  {
    id: 'iframe',
    title: '`<iframe src>`',
    closedBy: 'wall',
    html: ({ url }) => `<iframe src="${url('a.html')}"></iframe>`,
  },
  {
    id: 'iframe-lazy',
    title: '`<iframe loading=lazy>`',
    closedBy: 'wall',
    html: ({ url }) => `<iframe loading="lazy" style="position:fixed;top:0" src="${url('a.html')}"></iframe>`,
  },
  {
    id: 'iframe-sandbox',
    title: '`<iframe sandbox src>`',
    closedBy: 'wall',
    html: ({ url }) => `<iframe sandbox src="${url('a.html')}"></iframe>`,
  },
  {
    id: 'iframe-credentialless',
    title: '`<iframe credentialless src>`',
    closedBy: 'wall',
    html: ({ url }) => `<iframe credentialless src="${url('a.html')}"></iframe>`,
  },
  {
    id: 'object',
    title: '`<object data>`: document',
    closedBy: 'wall',
    html: ({ url }) => `<object type="text/html" data="${url('a.html')}"></object>`,
  },
  {
    id: 'object-image',
    title: '`<object data>`: image',
    closedBy: 'wall',
    html: ({ url }) => `<object type="image/png" data="${url('a.png')}"></object>`,
  },
  {
    id: 'object-untyped',
    title: '`<object data>` without a type',
    closedBy: 'wall',
    html: ({ url }) => `<object data="${url('a.html')}"></object>`,
  },
  {
    id: 'object-svg',
    title: '`<object data>`: SVG',
    closedBy: 'wall',
    html: ({ url }) => `<object type="image/svg+xml" data="${url('a.svg')}"></object>`,
  },
  {
    id: 'embed-untyped',
    title: '`<embed src>` without a type',
    closedBy: 'wall',
    html: ({ url }) => `<embed src="${url('a.html')}">`,
  },
  {
    id: 'embed-svg',
    title: '`<embed src>`: SVG',
    closedBy: 'wall',
    html: ({ url }) => `<embed src="${url('a.svg')}">`,
  },
  {
    id: 'embed',
    title: '`<embed src>`: document',
    closedBy: 'wall',
    html: ({ url }) => `<embed type="text/html" src="${url('a.html')}">`,
  },
  {
    id: 'embed-image',
    title: '`<embed src>`: image',
    closedBy: 'wall',
    html: ({ url }) => `<embed type="image/png" src="${url('a.png')}">`,
  },
  {
    id: 'embed-pdf',
    title: '`<embed type=application/pdf>`',
    closedBy: 'wall',
    html: ({ url }) => `<embed type="application/pdf" src="${url('a.pdf')}">`,
  },
  {
    id: 'frameset',
    title: '`<frame src>`',
    closedBy: 'wall',
    html: ({ own }) => `<iframe src="${own('frame.html')}"></iframe>`,
    site: ({ url }) => ({ 'frame.html': `<frameset><frame src="${url('a.html')}"></frameset>` }),
  },
  {
    id: 'fenced-frame',
    title: '`<fencedframe>`',
    closedBy: 'wall',
    silent: 'not in these engines',
    script: ({ url }) =>
      `const fenced = document.createElement('fencedframe'); fenced.config = new FencedFrameConfig('${url('a.html')}'); document.body.append(fenced);`,
  },
  {
    id: 'portal',
    title: '`<portal src>`',
    closedBy: 'wall',
    silent: 'not in these engines',
    html: ({ url }) => `<portal src="${url('a.html')}"></portal>`,
  },
  {
    id: 'own-frame',
    title: 'image in a same-origin frame',
    closedBy: 'gate',
    html: ({ own }) => `<iframe src="${own('frame.html')}"></iframe>`,
    site: ({ url }) => ({ 'frame.html': `<img src="${url('a.png')}">` }),
  },
  {
    id: 'own-frame-frame',
    title: 'frame in a same-origin frame',
    closedBy: 'wall',
    html: ({ own }) => `<iframe src="${own('frame.html')}"></iframe>`,
    site: ({ url }) => ({ 'frame.html': `<iframe src="${url('a.html')}"></iframe>` }),
  },
  {
    id: 'own-object',
    title: 'image in a same-origin `<object>` document',
    closedBy: 'lock',
    reason: EMBEDDED,
    staysClosed: true,
    html: ({ own }) => `<object type="text/html" data="${own('frame.html')}"></object>`,
    site: ({ url }) => ({ 'frame.html': `<img src="${url('a.png')}">` }),
  },
  {
    id: 'own-embed',
    title: 'image in a same-origin `<embed>` document',
    closedBy: 'lock',
    reason: EMBEDDED,
    staysClosed: true,
    html: ({ own }) => `<embed type="text/html" src="${own('frame.html')}">`,
    site: ({ url }) => ({ 'frame.html': `<img src="${url('a.png')}">` }),
  },
  {
    id: 'own-object-frame',
    title: 'frame in a same-origin `<object>` document',
    closedBy: 'lock',
    reason: EMBEDDED,
    staysClosed: true,
    html: ({ own }) => `<object type="text/html" data="${own('frame.html')}"></object>`,
    site: ({ url }) => ({ 'frame.html': `<iframe src="${url('a.html')}"></iframe>` }),
  },
  {
    id: 'own-svg',
    title: 'image in a same-origin SVG document',
    closedBy: 'gate',

    html: ({ own }) => `<iframe src="${own('own.svg')}"></iframe>`,
    site: ({ url }) => ({
      'own.svg': `<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><image width="8" height="8" href="${url('a.png')}"/></svg>`,
    }),
  },
  {
    id: 'own-svg-object',
    title: 'script in a same-origin SVG `<object>`',
    closedBy: 'lock',
    reason: EMBEDDED,
    staysClosed: true,
    html: ({ own }) => `<object type="image/svg+xml" data="${own('own.svg')}"></object>`,
    site: ({ url }) => ({
      'own.svg': `<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><script href="${url('a.js')}"/></svg>`,
    }),
  },
  {
    id: 'own-svg-image',
    title: 'image in a same-origin SVG `<img>`',
    closedBy: 'gate',
    silent: 'images load nothing',
    html: ({ own }) => `<img src="${own('own.svg')}">`,
    site: ({ url }) => ({
      'own.svg': `<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><image width="8" height="8" href="${url('a.png')}"/></svg>`,
    }),
  },
  {
    id: 'own-frame-sandbox',
    title: 'image in a sandboxed same-origin frame',
    closedBy: 'lock',
    reason: UNCONTROLLED,
    staysClosed: true,
    html: ({ own }) => `<iframe sandbox src="${own('frame.html')}"></iframe>`,
    site: ({ url }) => ({ 'frame.html': `<img src="${url('a.png')}">` }),
  },
  {
    id: 'own-frame-sandbox-script',
    title: 'fetch in a sandboxed same-origin frame with scripts',
    closedBy: 'lock',
    reason: UNCONTROLLED,
    staysClosed: true,
    html: ({ own }) => `<iframe sandbox="allow-scripts" src="${own('frame.html')}"></iframe>`,
    site: ({ url }) => ({ 'frame.html': `<script>fetch('${url('a.txt')}')</script>` }),
  },
  {
    id: 'own-frame-sandboxed-by-header',
    title: 'image in a frame with `Content-Security-Policy: sandbox`',
    closedBy: 'wall',
    html: ({ own }) => `<iframe src="${own('frame.html')}"></iframe>`,
    site: ({ url }) => ({
      'frame.html': {
        body: `<img src="${url('a.png')}">`,
        headers: { 'content-security-policy': 'sandbox allow-scripts' },
      },
    }),
  },
  {
    id: 'own-frame-sandbox-noscript',
    title: 'image in `<noscript>` in a frame without scripts',
    closedBy: 'lock',
    reason: UNCONTROLLED,
    staysClosed: true,
    html: ({ own }) => `<iframe sandbox="allow-same-origin" src="${own('frame.html')}"></iframe>`,
    site: ({ url }) => ({ 'frame.html': `<noscript><img src="${url('a.png')}"></noscript>` }),
  },
  {
    id: 'own-frame-credentialless',
    title: 'image in a credentialless same-origin frame',
    closedBy: 'lock',
    reason: UNCONTROLLED,
    staysClosed: true,
    html: ({ own }) => `<iframe credentialless src="${own('frame.html')}"></iframe>`,
    site: ({ url }) => ({ 'frame.html': `<img src="${url('a.png')}">` }),
  },
  {
    id: 'srcdoc',
    title: 'image in `srcdoc`',
    closedBy: 'gate',
    html: ({ url }) => `<iframe srcdoc="<img src='${url('a.png')}'>"></iframe>`,
  },
  {
    id: 'srcdoc-frame',
    title: 'frame in `srcdoc`',
    closedBy: 'wall',
    html: ({ url }) => `<iframe srcdoc="<iframe src='${url('a.html')}'></iframe>"></iframe>`,
  },
  {
    id: 'srcdoc-sandbox',
    title: 'image in a sandboxed `srcdoc`',
    closedBy: 'wall',
    html: ({ url }) => `<iframe sandbox srcdoc="<img src='${url('a.png')}'>"></iframe>`,
  },
  {
    id: 'srcdoc-sandbox-script',
    title: 'fetch in a sandboxed `srcdoc` with scripts',
    closedBy: 'wall',

    html: ({ url }) => `<iframe sandbox="allow-scripts" srcdoc="<script>fetch('${url('a.txt')}')</script>"></iframe>`,
  },
  {
    id: 'srcdoc-sandbox-socket',
    title: 'WebSocket in a sandboxed `srcdoc`',
    closedBy: 'wall',

    html: ({ webSocket }) =>
      `<iframe sandbox="allow-scripts" srcdoc="<script>new WebSocket('${webSocket}')</script>"></iframe>`,
  },
  {
    id: 'srcdoc-socket',
    title: 'WebSocket in `srcdoc`',
    closedBy: 'wall',
    html: ({ webSocket }) => `<iframe srcdoc="<script>new WebSocket('${webSocket}')</script>"></iframe>`,
  },
  {
    id: 'srcdoc-refresh',
    title: '`<meta http-equiv=refresh>` in `srcdoc`',
    closedBy: 'wall',
    html: ({ url }) => `<iframe srcdoc="<meta http-equiv=refresh content='0;url=${url('a.html')}'>"></iframe>`,
  },
  {
    id: 'data-frame-frame',
    title: 'frame in a `data:` frame',
    closedBy: 'wall',
    html: ({ url }) => `<iframe src="data:text/html,<iframe src='${url('a.html')}'></iframe>"></iframe>`,
  },
  {
    id: 'data-frame-socket',
    title: 'WebSocket in a `data:` frame',
    closedBy: 'wall',
    html: ({ webSocket }) => `<iframe src="data:text/html,<script>new WebSocket('${webSocket}')</script>"></iframe>`,
  },
  {
    id: 'data-frame',
    title: 'image in a `data:` frame',
    closedBy: 'wall',
    html: ({ url }) => `<iframe src="data:text/html,<img src='${url('a.png')}'>"></iframe>`,
  },
  {
    id: 'data-frame-script',
    title: 'fetch in a `data:` frame',
    closedBy: 'wall',

    html: ({ url }) => `<iframe src="data:text/html,<script>fetch('${url('a.txt')}')</script>"></iframe>`,
  },
  {
    id: 'data-object',
    title: 'image in a `data:` `<object>`',
    closedBy: 'wall',
    html: ({ url }) => `<object type="text/html" data="data:text/html,<img src='${url('a.png')}'>"></object>`,
  },
  {
    id: 'javascript-frame',
    title: 'image in a `javascript:` frame',
    closedBy: 'wall',

    html: ({ url }) => `<iframe src="javascript:'<img src=&quot;${url('a.png')}&quot;>'"></iframe>`,
  },
  {
    id: 'blank-frame',
    title: 'image in an `about:blank` frame',
    closedBy: 'wall',
    script: ({ url }) =>
      `const { contentDocument } = await frame(''); await settled(insert('<img src="${url('a.png')}">', contentDocument.body));`,
  },
  {
    id: 'blank-frame-fetch',
    title: 'fetch of an `about:blank` frame',
    closedBy: 'wall',
    script: ({ url }) => `await (await frame('')).contentWindow.fetch('${url('a.txt')}');`,
  },
  {
    id: 'blank-frame-write',
    title: '`document.write` into an `about:blank` frame',
    closedBy: 'wall',
    script: ({ url }) =>
      `const { contentDocument } = await frame(''); contentDocument.open(); contentDocument.write('<img src="${url('a.png')}">'); contentDocument.close();`,
  },
  {
    id: 'blank-frame-frame',
    title: 'frame in an `about:blank` frame',
    closedBy: 'wall',
    script: ({ url }) =>
      `const { contentDocument } = await frame(''); insert('<iframe src="${url('a.html')}"></iframe>', contentDocument.body);`,
  },
  {
    id: 'blank-frame-sandbox',
    title: 'image in a sandboxed `about:blank` frame',
    closedBy: 'wall',
    script: ({ url }) =>
      `const { contentDocument } = await frame('sandbox="allow-same-origin"'); insert('<img src="${url('a.png')}">', contentDocument.body);`,
  },
  {
    id: 'blob-frame',
    title: 'image in a `blob:` frame',
    closedBy: 'wall',
    script: ({ url }) => `await frame('src="' + blobUrl('<img src="${url('a.png')}">', 'text/html') + '"');`,
  },
  {
    id: 'blob-frame-script',
    title: 'fetch in a `blob:` frame',
    closedBy: 'wall',
    script: ({ url }) =>
      `await frame('src="' + blobUrl('<script>fetch("${url('a.txt')}")</' + 'script>', 'text/html') + '"');`,
  },
  {
    id: 'blob-frame-frame',
    title: 'frame in a `blob:` frame',
    closedBy: 'wall',
    script: ({ url }) =>
      `await frame('src="' + blobUrl('<iframe src="${url('a.html')}"></iframe>', 'text/html') + '"');`,
  },
  {
    id: 'blob-frame-socket',
    title: 'WebSocket in a `blob:` frame',
    closedBy: 'wall',
    script: ({ webSocket }) =>
      `await frame('src="' + blobUrl('<script>new WebSocket("${webSocket}")</' + 'script>', 'text/html') + '"');`,
  },
  {
    id: 'blob-frame-sandbox',
    title: 'image in a sandboxed `blob:` frame',
    closedBy: 'wall',
    script: ({ url }) => `await frame('sandbox src="' + blobUrl('<img src="${url('a.png')}">', 'text/html') + '"');`,
  },
  {
    id: 'blob-frame-svg',
    title: 'image in a `blob:` frame of SVG',
    closedBy: 'wall',
    script: ({ url }) =>
      `await frame('src="' + blobUrl('<svg xmlns="http://www.w3.org/2000/svg"><image width="8" height="8" href="${url('a.png')}"/></svg>', 'image/svg+xml') + '"');`,
  },
  {
    id: 'blank-frame-socket',
    title: 'WebSocket of an `about:blank` frame',
    closedBy: 'wall',
    script: ({ webSocket }) =>
      `const { contentWindow } = await frame(''); await settled(new contentWindow.WebSocket('${webSocket}'));`,
  },
  {
    id: 'removed-frame',
    title: 'fetch of a frame that was removed',
    closedBy: 'wall',
    silent: 'a window without a document sends nothing',
    script: ({ url }) =>
      `const element = await frame(''); const { fetch } = element.contentWindow; element.remove(); void fetch('${url('a.txt')}');`,
  },
];

/** Frames and embedded documents, and what loads inside those that the page makes itself. */
export const frames: Probe[] = all.map((probe) => ({ lostOnReload: KEPT_FRAME, ...probe }));
