import type { Probe } from '../probe';

const SHARED_SHEET = {
  engine: 'firefox',
  reason: 'Firefox shares a `<style>` of the same text between loads, with the images that were refused to it',
} as const;

/** What a browser makes inside an element, and a style sheet can name. */
const INSIDE: Pick<Probe, 'exceptions'> = {
  exceptions: [
    {
      engine: 'webkit',
      uncontrolled: true,
      reason: 'WebKit does not apply the Content-Security-Policy to what it has put inside an element',
    },
  ],
};

/** A rule for an element that is there to be styled; most are shown, or the browser would not fetch for it. */
function rule(id: string, title: string, declaration: (url: string) => string, file = 'a.png'): Probe {
  return ruleFor(id, title, `#${id}`, `<div id="${id}">text</div>`, declaration, file);
}

/** The same for an element of its own, or for what a browser makes of it. */
function ruleFor(
  id: string,
  title: string,
  selector: string,
  html: string,
  declaration: (url: string) => string,
  file = 'a.png',
): Probe {
  return {
    id,
    title,
    closedBy: 'gate',
    lostOnReload: SHARED_SHEET,
    head: ({ url }) => `<style>${selector}{width:8px;height:8px;${declaration(url(file))}}</style>`,
    html: () => html,
  };
}

/** Style sheets, and whatever CSS can name by `url()`. */
export const styles: Probe[] = [
  {
    id: 'import',
    title: '`@import`',
    closedBy: 'gate',
    head: ({ url }) => `<style>@import "${url('a.css')}";</style>`,
  },
  {
    id: 'import-layer',
    title: '`@import url() layer() supports()`',
    closedBy: 'gate',
    head: ({ url }) => `<style>@import url("${url('a.css')}") layer(far) supports(color: red);</style>`,
  },
  {
    id: 'import-nested',
    title: '`@import` in a style sheet of the site',
    closedBy: 'gate',
    head: ({ own }) => `<link rel="stylesheet" href="${own('own.css')}">`,
    site: ({ url }) => ({ 'own.css': `@import "${url('a.css')}";` }),
  },
  {
    id: 'svg-style-import',
    title: '`<svg><style>@import`',
    closedBy: 'gate',
    html: ({ url }) => `<svg><style>@import "${url('a.css')}";</style></svg>`,
  },
  rule('background', '`background: url()`', (url) => `background:url(${url})`),
  rule('background-string', '`background-image: image-set()`', (url) => `background-image:image-set("${url}" 1x)`),
  rule('background-prefixed', '`-webkit-image-set()`', (url) => `background-image:-webkit-image-set(url(${url}) 1x)`),
  rule(
    'background-conditional',
    '`background: if()`',
    (url) => `background:if(media(width > 0px): url(${url}); else: none)`,
  ),
  rule(
    'starting-style',
    '`@starting-style`',
    (url) => `transition:background 9s allow-discrete;@starting-style{background:url(${url})}`,
  ),
  rule(
    'cross-fade',
    '`-webkit-cross-fade()`',
    (url) => `background-image:-webkit-cross-fade(url(${url}),url(${url}),50%)`,
  ),
  rule('variable', '`url()` in a custom property', (url) => `--image:url(${url});background:var(--image)`),
  rule('border-image', '`border-image`', (url) => `border:1px solid;border-image:url(${url}) 1`),
  rule(
    'border-image-prefixed',
    '`-webkit-border-image`',
    (url) => `border:1px solid;-webkit-border-image:url(${url}) 1`,
  ),
  rule('list-style', '`list-style-image`', (url) => `display:list-item;list-style-image:url(${url})`),
  rule('content', '`content: url()`', (url) => `content:url(${url})`),
  rule('cursor', '`cursor: url()`', (url) => `cursor:url(${url}),auto`),
  rule('cursor-set', '`cursor: image-set()`', (url) => `cursor:image-set("${url}" 1x),auto`),
  rule('mask-box', '`-webkit-mask-box-image`', (url) => `-webkit-mask-box-image:url(${url})`),
  rule('mask', '`mask-image`', (url) => `mask-image:url(${url})`),
  rule('mask-svg', '`mask: url(file.svg#mask)`', (url) => `mask:url(${url}#mask)`, 'a.svg'),
  rule('clip-path', '`clip-path: url(file.svg#clip)`', (url) => `clip-path:url(${url}#clip)`, 'a.svg'),
  {
    ...rule('filter', '`filter: url(file.svg#filter)`', (url) => `filter:url(${url}#filter)`, 'a.svg'),
    silent: 'fetched only from the same origin',
  },
  {
    ...rule(
      'backdrop-filter',
      '`backdrop-filter: url(file.svg#filter)`',
      (url) => `backdrop-filter:url(${url}#filter)`,
      'a.svg',
    ),
    silent: 'fetched only from the same origin',
  },
  {
    ...rule('offset-path', '`offset-path: url(file.svg#path)`', (url) => `offset-path:url(${url}#path)`, 'a.svg'),
    silent: 'fetched only from the same origin',
  },
  rule('shape-outside', '`shape-outside`', (url) => `float:left;shape-outside:url(${url})`),
  rule('box-reflect', '`-webkit-box-reflect`', (url) => `-webkit-box-reflect:below 0 url(${url})`),
  {
    id: 'fill',
    title: '`fill: url(file.svg#gradient)`',
    closedBy: 'gate',
    html: ({ url }) =>
      `<svg width="8" height="8"><rect width="8" height="8" style="fill:url(${url('a.svg')}#gradient)"/></svg>`,
  },
  {
    id: 'marker',
    title: '`marker-start: url(file.svg#marker)`',
    closedBy: 'gate',
    html: ({ url }) =>
      `<svg width="8" height="8"><path d="M0 0L8 8" style="marker-start:url(${url('a.svg')}#marker)"/></svg>`,
  },
  ruleFor(
    'stroke',
    '`stroke: url(file.svg#gradient)`',
    '#stroke',
    '<svg><rect id="stroke" width="8" height="8"/></svg>',
    (url) => `stroke:url(${url}#gradient)`,
    'a.svg',
  ),
  ruleFor('nested', 'nested rule', '#nested', '<div id="nested"><p>text</div>', (url) => `& p{background:url(${url})}`),
  ruleFor(
    'alternative',
    '`::after { content: url() / "text" }`',
    '#alternative::after',
    '<div id="alternative">text</div>',
    (url) => `content:url(${url}) / "text"`,
  ),
  {
    ...ruleFor(
      'placeholder',
      '`::placeholder`',
      '#placeholder::placeholder',
      '<input id="placeholder" placeholder="text">',
      (url) => `background:url(${url})`,
    ),
    ...INSIDE,
  },
  {
    ...ruleFor(
      'file-button',
      '`::file-selector-button`',
      '#file-button::file-selector-button',
      '<input type="file" id="file-button">',
      (url) => `background:url(${url})`,
    ),
    ...INSIDE,
  },
  {
    ...ruleFor(
      'slider',
      '`::-webkit-slider-thumb`',
      '#slider::-webkit-slider-thumb',
      '<input type="range" id="slider">',
      (url) => `-webkit-appearance:none;background:url(${url})`,
    ),
    ...INSIDE,
  },
  ruleFor(
    'slider-firefox',
    '`::-moz-range-thumb`',
    '#slider-firefox::-moz-range-thumb',
    '<input type="range" id="slider-firefox">',
    (url) => `appearance:none;background:url(${url})`,
  ),
  {
    ...ruleFor(
      'details-content',
      '`::details-content`',
      '#details-content::details-content',
      '<details open id="details-content">text</details>',
      (url) => `background:url(${url})`,
    ),
    ...INSIDE,
  },
  ruleFor(
    'picker-icon',
    '`::picker-icon`',
    '#picker-icon::picker-icon',
    '<select id="picker-icon" style="appearance:base-select"><option>text</select>',
    (url) => `content:url(${url})`,
  ),
  ruleFor(
    'scroll-button',
    '`::scroll-button()`',
    '#scroll-button::scroll-button(down)',
    '<div id="scroll-button" style="overflow:scroll;height:8px"><p>text</div>',
    (url) => `content:url(${url}) / "text"`,
  ),
  ruleFor(
    'scroll-marker',
    '`::scroll-marker`',
    '#scroll-marker p::scroll-marker',
    '<div id="scroll-marker" style="overflow:scroll;scroll-marker-group:after"><p>text</div>',
    (url) => `content:url(${url})`,
  ),
  {
    id: 'registered-property',
    title: '`@property { initial-value: url() }`',
    closedBy: 'gate',
    lostOnReload: SHARED_SHEET,
    head: ({ url }) =>
      `<style>@property --far{syntax:"<image>";inherits:false;initial-value:url(${url('a.png')})}#registered-property{background:var(--far)}</style>`,
    html: () => `<div id="registered-property">text</div>`,
  },
  {
    id: 'css-function',
    title: '`@function`',
    closedBy: 'gate',
    head: ({ url }) =>
      `<style>@function --far-function(){result:url(${url('a.png')})}#css-function{background:--far-function()}</style>`,
    html: () => `<div id="css-function">text</div>`,
  },
  {
    id: 'view-transition',
    title: '`::view-transition`',
    closedBy: 'gate',
    lostOnReload: SHARED_SHEET,
    head: ({ url }) => `<style>::view-transition{background:url(${url('a.png')})}</style>`,
    script: () => `await document.startViewTransition(() => {}).finished;`,
  },
  {
    id: 'style-attribute',
    title: '`style` attribute',
    closedBy: 'gate',
    html: ({ url }) => `<div style="background:url(${url('a.png')})">text</div>`,
  },
  {
    id: 'before',
    title: '`::before { content: url() }`',
    closedBy: 'gate',
    lostOnReload: SHARED_SHEET,
    head: ({ url }) => `<style>#before::before{content:url(${url('a.png')})}</style>`,
    html: () => `<div id="before">text</div>`,
  },
  {
    id: 'first-line',
    title: '`::first-line`, `::first-letter` backgrounds',
    closedBy: 'gate',
    lostOnReload: SHARED_SHEET,
    head: ({ url }) => `<style>#first-line::first-letter{background:url(${url('a.png')})}</style>`,
    html: () => `<div id="first-line">text</div>`,
  },
  {
    id: 'container',
    title: '`url()` behind `@media`, `@supports`, `@container`',
    closedBy: 'gate',
    lostOnReload: SHARED_SHEET,
    head: ({ url }) =>
      `<style>@media screen{@supports (color:red){@container (width > 1px){#container div{background:url(${url('a.png')})}}}}</style>`,
    html: () => `<div id="container" style="container-type:inline-size;width:80px"><div>text</div></div>`,
  },
  {
    id: 'keyframes',
    title: '`@keyframes` backgrounds',
    closedBy: 'gate',
    lostOnReload: SHARED_SHEET,
    head: ({ url }) =>
      `<style>@keyframes far{from,to{background-image:url(${url('a.png')})}}#keyframes{animation:far 9s}</style>`,
    html: () => `<div id="keyframes">text</div>`,
  },
  {
    id: 'font-face',
    title: '`@font-face`',
    closedBy: 'gate',
    head: ({ url }) => `<style>@font-face{font-family:far;src:url(${url('a.woff2')})}</style>`,
    html: () => `<p style="font-family:far">text</p>`,
  },
  {
    id: 'font-face-tech',
    title: '`@font-face { src: url() tech() }`',
    closedBy: 'gate',
    head: ({ url }) =>
      `<style>@font-face{font-family:tech;src:url(${url('a.woff2')}) format(woff2) tech(variations)}</style>`,
    html: () => `<p style="font-family:tech">text</p>`,
  },
  {
    id: 'font-face-range',
    title: '`@font-face` with `unicode-range` (font that a text asks for)',
    closedBy: 'gate',
    head: ({ url }) => `<style>@font-face{font-family:few;unicode-range:U+78;src:url(${url('a.woff2')})}</style>`,
    html: () => `<p style="font-family:few">x</p>`,
  },
  {
    id: 'selection-cue',
    title: '`::cue { background: url() }`',
    closedBy: 'gate',
    silent: 'captions load nothing',
    head: ({ url }) => `<style>#cue::cue{background-image:url(${url('a.png')})}</style>`,
    html: ({ own }) => `<video id="cue" src="${own('a.wav')}"><track default src="${own('a.vtt')}"></video>`,
    site: () => ({ 'a.wav': {}, 'a.vtt': {} }),
  },
  {
    id: 'details-marker',
    title: '`::marker { content: url() }`',
    closedBy: 'gate',
    lostOnReload: SHARED_SHEET,
    head: ({ url }) => `<style>#details-marker::marker{content:url(${url('a.png')})}</style>`,
    html: () => `<ul><li id="details-marker">text</ul>`,
  },
  {
    id: 'backdrop',
    title: '`::backdrop`',
    closedBy: 'gate',
    lostOnReload: SHARED_SHEET,
    head: ({ url }) => `<style>#backdrop::backdrop{background:url(${url('a.png')})}</style>`,
    html: () => `<dialog id="backdrop">text</dialog>`,
    script: () => `document.getElementById('backdrop').showModal();`,
  },
  {
    id: 'adopted-sheet',
    title: '`document.adoptedStyleSheets`',
    closedBy: 'gate',
    script: ({ url }) => `
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('#adopted-sheet{background:url(${url('a.png')})}');
      document.adoptedStyleSheets.push(sheet);
      insert('<div id="adopted-sheet">text</div>');`,
  },
  {
    id: 'adopted-sheet-base',
    title: '`new CSSStyleSheet({ baseURL })`',
    closedBy: 'gate',
    lostOnReload: {
      engine: 'webkit',
      reason: 'WebKit does not ask again for an image of such a sheet that it was refused',
    },
    script: ({ url }) => `
      const sheet = new CSSStyleSheet({ baseURL: '${url('')}' });
      sheet.replaceSync('#adopted-sheet-base{background:url(a.png)}');
      document.adoptedStyleSheets.push(sheet);
      insert('<div id="adopted-sheet-base">text</div>');`,
  },
  {
    id: 'insert-rule',
    title: '`CSSStyleSheet.insertRule`',
    closedBy: 'gate',
    script: ({ url }) => `
      insert('<style></style>', document.head).sheet.insertRule('#insert-rule{background:url(${url('a.png')})}');
      insert('<div id="insert-rule">text</div>');`,
  },
  {
    id: 'style-object',
    title: '`element.style`',
    closedBy: 'gate',
    script: ({ url }) => `insert('<div>text</div>').style.backgroundImage = 'url(${url('a.png')})';`,
  },
  {
    id: 'style-map',
    title: '`element.attributeStyleMap`',
    closedBy: 'gate',
    script: ({ url }) =>
      `insert('<div>text</div>').attributeStyleMap.set('background-image', CSSStyleValue.parse('background-image', 'url(${url('a.png')})'));`,
  },
  {
    id: 'animate',
    title: '`element.animate()`',
    closedBy: 'gate',
    script: ({ url }) => `
      const image = 'url(${url('a.png')})';
      insert('<div>text</div>').animate([{ backgroundImage: image }, { backgroundImage: image }], 9000);`,
  },
  {
    id: 'canvas-filter',
    title: '`CanvasRenderingContext2D.filter`',
    closedBy: 'gate',
    silent: 'fetched only from the same origin',
    script: ({ url }) => `
      const context = insert('<canvas width="8" height="8"></canvas>').getContext('2d');
      context.filter = 'url(${url('a.svg')}#filter)';
      context.fillRect(0, 0, 8, 8);`,
  },
  {
    id: 'font-object',
    title: '`new FontFace()`',
    closedBy: 'gate',
    script: ({ url }) => `await new FontFace('object', 'url(${url('a.woff2')})').load();`,
  },
  {
    id: 'paint-worklet',
    title: '`CSS.paintWorklet.addModule()`',
    closedBy: 'gate',
    script: ({ url }) => `await CSS.paintWorklet.addModule('${url('a.js')}');`,
  },
];
