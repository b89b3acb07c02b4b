import type { Probe } from '../probe';

/** Elements of the page that load something by themselves. */
export const markup: Probe[] = [
  {
    id: 'script',
    title: '`<script src>`',
    closedBy: 'gate',
    html: ({ url }) => `<script src="${url('a.js')}"></script>`,
  },
  {
    id: 'script-async',
    title: '`<script async>`',
    closedBy: 'gate',
    html: ({ url }) => `<script async src="${url('a.js')}"></script>`,
  },
  {
    id: 'script-defer',
    title: '`<script defer>`',
    closedBy: 'gate',
    html: ({ url }) => `<script defer src="${url('a.js')}"></script>`,
  },
  {
    id: 'script-module',
    title: '`<script type=module src>`',
    closedBy: 'gate',
    html: ({ url }) => `<script type="module" src="${url('a.js')}"></script>`,
  },
  {
    id: 'module-import',
    title: '`import` in a module of the site',
    closedBy: 'gate',
    html: ({ own }) => `<script type="module" src="${own('main.js')}"></script>`,
    site: ({ url }) => ({ 'main.js': `import '${url('a.js')}';` }),
  },
  {
    id: 'inline-module-import',
    title: '`import` in an inline module',
    closedBy: 'gate',
    html: ({ url }) => `<script type="module">import '${url('a.js')}';</script>`,
  },
  {
    id: 'importmap',
    title: 'import map',
    closedBy: 'gate',
    html: ({ own }) => `<iframe src="${own('frame.html')}"></iframe>`,
    site: ({ url }) => ({
      'frame.html': `<script type="importmap">{"imports":{"library":"${url('a.js')}"}}</script><script type="module">import 'library';</script>`,
    }),
  },
  {
    id: 'svg-script',
    title: '`<svg><script href>`',
    closedBy: 'gate',
    html: ({ url }) => `<svg><script href="${url('a.js')}"></script></svg>`,
  },
  {
    id: 'svg-script-xlink',
    title: '`<svg><script xlink:href>`',
    closedBy: 'gate',
    html: ({ url }) => `<svg><script xlink:href="${url('a.js')}"></script></svg>`,
  },
  { id: 'img', title: '`<img src>`', closedBy: 'gate', html: ({ url }) => `<img src="${url('a.png')}">` },
  {
    id: 'img-cors',
    title: '`<img crossorigin>`',
    closedBy: 'gate',
    html: ({ url }) => `<img crossorigin src="${url('a.png')}">`,
  },
  {
    id: 'img-lazy',
    title: '`<img loading=lazy>`',
    closedBy: 'gate',
    head: () => `<style>img[loading=lazy]{position:fixed;top:0}</style>`,
    html: ({ url }) => `<img loading="lazy" width="8" height="8" src="${url('a.png')}">`,
  },
  {
    id: 'img-srcset',
    title: '`<img srcset>`',
    closedBy: 'gate',
    html: ({ url }) => `<img srcset="${url('a.png')} 1x">`,
  },
  {
    id: 'picture',
    title: '`<picture><source srcset>`',
    closedBy: 'gate',
    html: ({ url }) => `<picture><source srcset="${url('a.png')}"><img></picture>`,
  },
  {
    id: 'input-image',
    title: '`<input type=image>`',
    closedBy: 'gate',
    html: ({ url }) => `<input type="image" src="${url('a.png')}">`,
  },
  {
    id: 'svg-image',
    title: '`<svg><image href>`',
    closedBy: 'gate',
    html: ({ url }) => `<svg><image width="8" height="8" href="${url('a.png')}"/></svg>`,
  },
  {
    id: 'svg-image-xlink',
    title: '`<svg><image xlink:href>`',
    closedBy: 'gate',
    html: ({ url }) => `<svg><image width="8" height="8" xlink:href="${url('a.png')}"/></svg>`,
  },
  {
    id: 'image-tag',
    title: '`<image src>` in HTML',
    closedBy: 'gate',
    html: ({ url }) => `<image src="${url('a.png')}">`,
  },
  {
    id: 'svg-foreign',
    title: 'image in `<svg><foreignObject>`',
    closedBy: 'gate',
    html: ({ url }) => `<svg><foreignObject width="8" height="8"><img src="${url('a.png')}"></foreignObject></svg>`,
  },
  {
    id: 'svg-animated-values',
    title: '`<svg><image><animate attributeName=href values>`',
    closedBy: 'gate',
    html: ({ url }) =>
      `<svg><image width="8" height="8"><animate attributeName="href" dur="9s" values="${url('a.png')};${url('a.png')}"/></image></svg>`,
  },
  {
    id: 'svg-mask',
    title: '`<svg><rect mask>`',
    closedBy: 'gate',
    html: ({ url }) => `<svg><rect width="8" height="8" mask="url(${url('a.svg')}#mask)"/></svg>`,
  },
  {
    id: 'svg-use-own',
    title: 'image in a file of the site that `<svg><use>` shows',
    closedBy: 'gate',
    html: ({ own }) => `<svg><use href="${own('own.svg')}#shape"/></svg>`,
    site: ({ url }) => ({
      'own.svg': `<svg xmlns="http://www.w3.org/2000/svg"><g id="shape"><image width="8" height="8" href="${url('a.png')}"/></g></svg>`,
    }),
  },
  {
    id: 'svg-animated-image',
    title: '`<svg><image><set attributeName=href>`',
    closedBy: 'gate',
    html: ({ url }) =>
      `<svg><image width="8" height="8"><set attributeName="href" to="${url('a.png')}"/></image></svg>`,
  },
  {
    id: 'svg-use',
    title: '`<svg><use href>`',
    closedBy: 'gate',
    silent: 'fetched only from the same origin',
    html: ({ url }) => `<svg><use href="${url('a.svg')}#shape"/></svg>`,
  },
  {
    id: 'svg-feimage',
    title: '`<svg><feImage href>`',
    closedBy: 'gate',
    html: ({ url }) =>
      `<svg width="8" height="8"><filter id="feimage"><feImage href="${url('a.png')}"/></filter><rect width="8" height="8" filter="url(#feimage)"/></svg>`,
  },
  {
    id: 'svg-pattern',
    title: '`<svg><linearGradient href>`',
    closedBy: 'gate',
    silent: 'fetched only from the same origin',
    html: ({ url }) =>
      `<svg width="8" height="8"><linearGradient id="borrowed" href="${url('a.svg')}#gradient"/><rect width="8" height="8" fill="url(#borrowed)"/></svg>`,
  },
  {
    id: 'svg-textpath',
    title: '`<svg><textPath href>`',
    closedBy: 'gate',
    silent: 'fetched only from the same origin',
    html: ({ url }) =>
      `<svg width="8" height="8"><text><textPath href="${url('a.svg')}#path">a</textPath></text></svg>`,
  },
  {
    id: 'body-background',
    title: '`<body background>`',
    closedBy: 'gate',
    html: ({ own }) => `<iframe src="${own('frame.html')}"></iframe>`,
    site: ({ url }) => ({ 'frame.html': `<body background="${url('a.png')}">text` }),
  },
  {
    id: 'table-background',
    title: '`<table background>`',
    closedBy: 'gate',
    html: ({ url }) => `<table background="${url('a.png')}"><tr><td>text</table>`,
  },
  {
    id: 'cell-background',
    title: '`<td background>`',
    closedBy: 'gate',
    html: ({ url }) => `<table><tr><td background="${url('a.png')}">text</table>`,
  },
  {
    id: 'row-background',
    title: '`<tr background>`',
    closedBy: 'gate',
    html: ({ url }) => `<table><tr background="${url('a.png')}"><td>text</table>`,
  },
  {
    id: 'shadow-root',
    title: 'image in a declarative shadow root',
    closedBy: 'gate',
    html: ({ url }) => `<div><template shadowrootmode="open"><img src="${url('a.png')}"></template></div>`,
  },
  {
    id: 'base',
    title: '`<base href>` and a relative image',
    closedBy: 'gate',
    html: ({ own }) => `<iframe src="${own('frame.html')}"></iframe>`,
    site: ({ url }) => ({ 'frame.html': `<base href="${url('')}"><img src="a.png">` }),
  },
  {
    id: 'document-write',
    title: '`document.write` of a script',
    closedBy: 'gate',
    html: ({ own }) => `<iframe src="${own('frame.html')}"></iframe>`,
    site: ({ url }) => ({
      'frame.html': `<script>document.write('<script src="${url('a.js')}"><\\/script>')</script>`,
    }),
  },
  {
    id: 'attributionsrc',
    title: '`<img attributionsrc>`',
    closedBy: 'gate',
    silent: 'not in these engines',
    html: ({ url }) => `<img attributionsrc="${url('a.txt')}">`,
  },
  {
    id: 'math-annotation',
    title: 'image in `<math><annotation-xml>`',
    closedBy: 'gate',
    html: ({ url }) =>
      `<math><semantics><annotation-xml encoding="text/html"><img src="${url('a.png')}"></annotation-xml></semantics></math>`,
  },
  {
    id: 'web-bundle',
    title: '`<script type=webbundle>`',
    closedBy: 'wall',
    html: ({ url }) => `<script type="webbundle">{"source":"${url('a.txt')}","resources":["${url('b.txt')}"]}</script>`,
  },
  {
    id: 'math-image',
    title: 'image in MathML',
    closedBy: 'gate',
    html: ({ url }) => `<math><mtext><img src="${url('a.png')}"></mtext></math>`,
  },
];
