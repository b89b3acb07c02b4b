import type { Probe } from '../probe';
import { KEPT_FRAME } from './frames';

const LEAVES = 'the visitor goes there: navigations of the whole page and new windows are out of scope';

const written = (html: string) =>
  `const { document } = open('about:blank'); document.write('${html}'); document.close();`;

/** Ways to send a frame, a new window or the page itself elsewhere. */
export const navigation: Probe[] = [
  {
    id: 'frame-src',
    title: '`frame.src = …`',
    closedBy: 'wall',
    script: ({ url }) => `const element = await frame(''); element.src = '${url('a.html')}';`,
  },
  {
    id: 'frame-location',
    title: '`frame.contentWindow.location = …`',
    closedBy: 'wall',
    script: ({ url }) => `const element = await frame(''); element.contentWindow.location = '${url('a.html')}';`,
  },
  {
    id: 'frame-navigate',
    title: '`navigation.navigate()` of a frame',
    closedBy: 'wall',
    script: ({ url, own }) =>
      `const element = await frame('src="${own('frame.html')}"'); element.contentWindow.navigation.navigate('${url('a.html')}');`,
    site: () => ({ 'frame.html': 'text' }),
  },
  {
    id: 'frame-link',
    title: '`<a target=frame>`',
    closedBy: 'wall',
    script: ({ url }) =>
      `const element = await frame('name="frame-link"'); insert('<a target="frame-link" href="${url('a.html')}">text</a>').click();`,
  },
  {
    id: 'frame-open',
    title: '`window.open` into a frame',
    closedBy: 'wall',
    script: ({ url }) => `const element = await frame('name="frame-open"'); open('${url('a.html')}', 'frame-open');`,
  },
  {
    id: 'frame-get',
    title: 'form GET into a frame',
    closedBy: 'wall',
    script: ({ url }) =>
      `const element = await frame('name="frame-get"'); insert('<form target="frame-get" action="${url('a.html')}"></form>').submit();`,
  },
  {
    id: 'frame-post',
    title: 'form POST into a frame',
    closedBy: 'wall',
    script: ({ url }) =>
      `const element = await frame('name="frame-post"'); insert('<form method="post" target="frame-post" action="${url('a.html')}"></form>').submit();`,
  },
  {
    id: 'frame-formaction',
    title: '`formaction` into a frame',
    closedBy: 'wall',
    script: ({ url }) =>
      `const element = await frame('name="frame-formaction"'); insert('<form target="frame-formaction"><button formaction="${url('a.html')}">text</button></form>').firstChild.click();`,
  },
  {
    id: 'frame-inside-location',
    title: 'a same-origin frame navigates itself',
    closedBy: 'wall',
    html: ({ own }) => `<iframe src="${own('frame.html')}"></iframe>`,
    site: ({ url }) => ({ 'frame.html': `<script>location = '${url('a.html')}'</script>` }),
  },
  {
    id: 'frame-sandbox-location',
    title: 'a sandboxed same-origin frame navigates itself',
    closedBy: 'wall',
    html: ({ own }) => `<iframe sandbox="allow-scripts" src="${own('frame.html')}"></iframe>`,
    site: ({ url }) => ({ 'frame.html': `<script>location = '${url('a.html')}'</script>` }),
  },
  {
    id: 'frame-meta-refresh',
    title: '`<meta http-equiv=refresh>` in a frame',
    closedBy: 'wall',
    lostOnReload: KEPT_FRAME,
    html: ({ own }) => `<iframe src="${own('frame.html')}"></iframe>`,
    site: ({ url }) => ({ 'frame.html': `<meta http-equiv="refresh" content="0;url=${url('a.html')}">` }),
  },
  {
    id: 'frame-refresh-header',
    title: '`Refresh` header of a frame',
    closedBy: 'wall',
    lostOnReload: KEPT_FRAME,
    html: ({ own }) => `<iframe src="${own('frame.html')}"></iframe>`,
    site: ({ url }) => ({ 'frame.html': { body: 'text', headers: { refresh: `0;url=${url('a.html')}` } } }),
  },
  {
    id: 'frame-refresh-redirect',
    title: '`Refresh` header of a frame, to an address of the site that redirects',
    closedBy: 'wall',
    lostOnReload: KEPT_FRAME,
    html: ({ own }) => `<iframe src="${own('frame.html')}"></iframe>`,
    site: ({ url, own }) => ({
      'frame.html': { body: 'text', headers: { refresh: `0;url=${own('next.html')}` } },
      'next.html': { status: 302, headers: { location: url('a.html') } },
    }),
  },
  {
    id: 'frame-javascript',
    title: '`javascript:` URL that navigates a frame',
    closedBy: 'wall',
    lostOnReload: KEPT_FRAME,
    html: ({ url }) => `<iframe src="javascript:void(location='${url('a.html')}')"></iframe>`,
  },
  {
    id: 'popup',
    title: '`window.open`',
    closedBy: 'open',
    reason: LEAVES,
    onNextPage: true,
    script: ({ url }) => `open('${url('a.html')}');`,
  },
  {
    id: 'popup-link',
    title: '`<a target=_blank>`',
    closedBy: 'open',
    reason: LEAVES,
    onNextPage: true,
    script: ({ url }) => `insert('<a target="_blank" href="${url('a.html')}">text</a>').click();`,
  },
  {
    id: 'popup-form',
    title: 'form POST into a new window',
    closedBy: 'open',
    reason: LEAVES,
    onNextPage: true,
    script: ({ url }) => `insert('<form method="post" target="_blank" action="${url('a.html')}"></form>').submit();`,
  },
  {
    id: 'download',
    title: '`<a download>`',
    closedBy: 'open',
    reason: LEAVES,
    onNextPage: true,
    script: ({ url }) => `insert('<a download href="${url('a.zip')}">text</a>').click();`,
  },
  {
    id: 'popup-blank',
    title: 'image in an `about:blank` window',
    closedBy: 'wall',
    onNextPage: true,
    script: ({ url }) => `insert('<img src="${url('a.png')}">', open('about:blank').document.body);`,
  },
  {
    id: 'popup-blob',
    title: 'image in a `blob:` window',
    closedBy: 'wall',
    onNextPage: true,
    script: ({ url }) => `open(blobUrl('<img src="${url('a.png')}">', 'text/html'));`,
  },
  {
    id: 'popup-blank-frame',
    title: 'frame in an `about:blank` window',
    closedBy: 'wall',
    onNextPage: true,
    script: ({ url }) => `insert('<iframe src="${url('a.html')}"></iframe>', open('about:blank').document.body);`,
  },
  {
    id: 'popup-blank-socket',
    title: 'WebSocket of an `about:blank` window',
    closedBy: 'wall',
    onNextPage: true,
    script: ({ webSocket }) => `new (open('about:blank').WebSocket)('${webSocket}');`,
  },
  {
    id: 'popup-blank-write',
    title: '`document.write` into an `about:blank` window: image',
    closedBy: 'wall',
    onNextPage: true,
    script: ({ url }) => written(`<img src="${url('a.png')}">`),
  },
  {
    id: 'popup-blank-write-frame',
    title: '`document.write` into an `about:blank` window: frame',
    closedBy: 'wall',
    onNextPage: true,
    script: ({ url }) => written(`<iframe src="${url('a.html')}"></iframe>`),
  },
  {
    id: 'popup-blob-frame',
    title: 'frame in a `blob:` window',
    closedBy: 'wall',
    onNextPage: true,
    script: ({ url }) => `open(blobUrl('<iframe src="${url('a.html')}"></iframe>', 'text/html'));`,
  },
  {
    id: 'popup-blob-socket',
    title: 'WebSocket in a `blob:` window',
    closedBy: 'wall',
    onNextPage: true,
    script: ({ webSocket }) => `open(blobUrl('<script>new WebSocket("${webSocket}")</' + 'script>', 'text/html'));`,
  },
  {
    id: 'popup-own',
    title: 'frame in a new window of the site',
    closedBy: 'wall',
    onNextPage: true,
    script: ({ own }) => `open('${own('window.html')}');`,
    site: ({ url }) => ({ 'window.html': `<iframe src="${url('a.html')}"></iframe>` }),
  },
  {
    id: 'popup-javascript',
    title: 'image in a `javascript:` window',
    closedBy: 'wall',
    onNextPage: true,
    script: ({ url }) => `open('javascript:\\'<img src="${url('a.png')}">\\'');`,
  },
];
