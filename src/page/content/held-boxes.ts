/** One that stands beside what it stands for. */
export const HELD_PLACE = 'cookie-placeholder[data-host]';
/** Without a change to the element: its attributes are the site's, whose framework may write them again. */
const HIDE_ELEMENTS = `${HELD_PLACE}+:is(iframe,object,embed,video,audio):not(#_){display:none!important}`;
const HIDE_HELD_PLACES = `${HELD_PLACE}{display:none!important}`;
/** Smaller ones show nothing: they count visits. */
const SMALLEST_PX = 10;
/** What places an element in the page. */
const PLACE = [
  'position',
  'inset',
  'margin',
  'float',
  'gridArea',
  'order',
  'alignSelf',
  'justifySelf',
  'verticalAlign',
  'zIndex',
  'borderRadius',
] as const;

/** What an overlay is there for, if it has it. */
const CONTENT = 'a,button,input,select,textarea,img,svg,canvas,video,audio,iframe,object,embed,slot';

/** The size and place of an element, as styles for what stands for it. */
export type Box = Partial<CSSStyleDeclaration>;

/** By document: one cannot adopt another's. */
const sheets = new WeakMap<Document, CSSStyleSheet>();

/** Hides, in a tree, whatever has its placeholder just before it. */
export function hideHeld(tree: Document | ShadowRoot): void {
  const sheet = sheetOf(tree.ownerDocument ?? tree);
  if (!tree.adoptedStyleSheets.includes(sheet)) tree.adoptedStyleSheets.push(sheet);
}

/** The boxes that elements would have if no placeholder stood for them; undefined for those that nobody would see. */
export function boxesOf(elements: (HTMLIFrameElement & HTMLObjectElement)[]): (Box | undefined)[] {
  const used = new Set(elements.map(({ ownerDocument }) => sheetOf(ownerDocument)));
  for (const sheet of used) sheet.replaceSync(HIDE_HELD_PLACES);
  const boxes = elements.map((element) => {
    const style = getComputedStyle(element);
    // Firefox gives objects that it has not loaded no size, nor does any browser where there is nothing to load.
    const isSized =
      (element.offsetWidth && element.offsetHeight) || element.localName === 'iframe' || !element.checkVisibility();
    const [width, height] = isSized
      ? [element.offsetWidth, element.offsetHeight]
      : [parseInt(element.width), parseInt(element.height)];
    if (!(width >= SMALLEST_PX && height >= SMALLEST_PX)) return undefined;
    const place = Object.fromEntries(PLACE.map((property) => [property, style[property]]));
    // Without `overflow`, a line of its text would stand on the line that the element stands on, and the page move.
    return {
      ...place,
      ...overWhatIsEmpty(element, style),
      width: `${width}px`,
      height: `${height}px`,
      flex: 'none',
      maxWidth: '100%',
      overflow: 'auto',
      display: style.display.replace(/^inline$/, 'inline-block'),
    };
  });
  for (const sheet of used) sheet.replaceSync(HIDE_ELEMENTS);
  return boxes;
}

/**
 * What players lay over their frame, to be pressed or looked at, would take what is meant for the placeholder. An overlay
 * in which something stands is the site's content, and stays on top.
 */
function overWhatIsEmpty(element: Element, { position, zIndex }: CSSStyleDeclaration): Box | undefined {
  const { left, top, width, height } = element.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  const overlays = [...(element.parentElement?.children ?? [])].flatMap((sibling) => {
    if (sibling === element || !isEmpty(sibling)) return [];
    const box = sibling.getBoundingClientRect();
    const style = getComputedStyle(sibling);
    const isOver = box.left < x && x < box.right && box.top < y && y < box.bottom && style.position === 'absolute';
    return isOver ? parseInt(style.zIndex) || 0 : [];
  });
  if (overlays.length === 0) return undefined;
  const above = Math.max(parseInt(zIndex) || 0, ...overlays.map((index) => index + 1));
  return { zIndex: `${above}`, position: position === 'static' ? 'relative' : position };
}

function isEmpty(element: Element): boolean {
  return (
    !element.textContent.trim() && !element.shadowRoot && !element.matches(CONTENT) && !element.querySelector(CONTENT)
  );
}

function sheetOf(document: Document): CSSStyleSheet {
  let sheet = sheets.get(document);
  if (!sheet) {
    sheet = new (document.defaultView as typeof globalThis & Window).CSSStyleSheet();
    sheet.replaceSync(HIDE_ELEMENTS);
    sheets.set(document, sheet);
  }
  return sheet;
}
