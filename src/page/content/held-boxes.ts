import { builtIn } from '../../dom/built-in';
import { matches } from '../document/matches';

/** One that stands beside what it stands for. */
export const HELD_PLACE = 'cookie-placeholder[data-host]';
/** Without a change to the element: its attributes are the site's, whose framework may write them again. */
const HIDE_ELEMENTS = `${HELD_PLACE}+:is(iframe,object,embed,video,audio):not(#_){display:none!important}`;
const HIDE_HELD_PLACES = `${HELD_PLACE}{display:none!important}`;
/** What a site gives to all that stands in a place, it gives to the frame, whose size has it already. */
const RULES = `${HIDE_ELEMENTS}${HELD_PLACE}{padding:0;border:0}`;
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
  'transform',
  'transformOrigin',
  'translate',
  'rotate',
  'scale',
  'zoom',
] as const;
/** How many siblings on each side of a frame are looked at for an overlay: a player's box has few children, an article thousands. */
const NEIGHBOURS = 5;

/** What an overlay is there for, if it has it. */
const CONTENT = 'a,button,input,select,textarea,img,svg,canvas,video,audio,iframe,object,embed,slot';

/** The size and place of an element, as styles for what stands for it. */
export type Box = Partial<CSSStyleDeclaration>;

/** By document: one cannot adopt another's. */
const sheets = new WeakMap<Document, CSSStyleSheet>();

/** Hides, in a tree, whatever has its placeholder just before it. */
export function hideHeld(tree: Document | ShadowRoot): void {
  const sheet = sheetOf(tree.ownerDocument ?? tree);
  const { adoptedStyleSheets } = builtIn(tree);
  if (!adoptedStyleSheets.includes(sheet)) adoptedStyleSheets.push(sheet);
}

/** The boxes that elements would have if no placeholder stood for them; undefined for those that nobody would see. */
export function boxesOf(elements: (HTMLIFrameElement & HTMLObjectElement)[]): (Box | undefined)[] {
  const used = new Set(elements.map(({ ownerDocument }) => sheetOf(ownerDocument)));
  for (const sheet of used) sheet.replaceSync(HIDE_HELD_PLACES);
  const overlays = new Map<Element, Overlay | undefined>();
  const boxes = elements.map((element) => {
    const style = getComputedStyle(element);
    // Firefox gives objects that it has not loaded no size, nor does any browser where there is nothing to load.
    const isSized =
      (element.offsetWidth && element.offsetHeight) || element.localName === 'iframe' || !element.checkVisibility();
    const [width, height] = isSized
      ? [element.offsetWidth, element.offsetHeight]
      : [parseInt(element.width), parseInt(element.height)];
    if (!(width >= SMALLEST_PX && height >= SMALLEST_PX)) return undefined;
    const animated = animatedOf(element);
    if (isUnseen(element, style, animated)) return undefined;
    const place = PLACE.map((property) => [property, animated.has(property) ? '' : style[property]]);
    // Without `overflow`, a line of its text would stand on the line that the element stands on, and the page move.
    return {
      ...Object.fromEntries(place),
      ...overWhatIsEmpty(element, style, overlays),
      width: `${width}px`,
      height: `${height}px`,
      boxSizing: 'border-box',
      flex: 'none',
      minWidth: '0',
      minHeight: '0',
      maxWidth: '100%',
      maxHeight: 'none',
      overflow: 'auto',
      opacity: '1',
      transition: 'none',
      animation: 'none',
      display: style.display.replace(/^inline$/, 'inline-block'),
    };
  });
  for (const sheet of used) sheet.replaceSync(RULES);
  return boxes;
}

/** The properties that are just changing: being shown to be measured starts an animation, and what is read is its start. */
function animatedOf(element: Element): Set<string> {
  const effects = element.getAnimations().map(({ effect }) => effect as KeyframeEffect | null);
  return new Set(
    effects.flatMap((effect) => effect?.getKeyframes().flatMap((keyframe) => Object.keys(keyframe)) ?? []),
  );
}

/**
 * Frames that relay messages, or tell a bank of the browser, take part in the page and are hidden by themselves. What hides all
 * around an element hides its placeholder, too.
 */
function isUnseen(
  { parentElement }: Element,
  { opacity, visibility }: CSSStyleDeclaration,
  animated: Set<string>,
): boolean {
  if (opacity === '0' && !animated.has('opacity')) return true;
  return visibility !== 'visible' && (!parentElement || getComputedStyle(parentElement).visibility === 'visible');
}

/** What may be laid over a frame: where it is, and how high. */
interface Overlay {
  box: DOMRect;
  level: number;
}

/**
 * What players lay over their frame, to be pressed or looked at, would take what is meant for the placeholder. An overlay
 * in which something stands is the site's content, and stays on top.
 * @param known what was found before, of all elements that are measured together
 */
function overWhatIsEmpty(
  element: Element,
  { position, zIndex }: CSSStyleDeclaration,
  known: Map<Element, Overlay | undefined>,
): Box | undefined {
  const { left, top, width, height } = element.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  const levels = neighboursOf(element).flatMap((sibling) => {
    if (!known.has(sibling)) known.set(sibling, overlayOf(sibling));
    const { box, level } = known.get(sibling) ?? {};
    return box && box.left < x && x < box.right && box.top < y && y < box.bottom ? level! : [];
  });
  if (levels.length === 0) return undefined;
  const above = Math.max(parseInt(zIndex) || 0, ...levels.map((level) => level + 1));
  return { zIndex: `${above}`, position: position === 'static' ? 'relative' : position };
}

function neighboursOf(element: Element): Element[] {
  return (['previousElementSibling', 'nextElementSibling'] as const).flatMap((towards) => {
    const siblings: Element[] = [];
    let sibling = element[towards];
    for (; sibling && siblings.length < NEIGHBOURS; sibling = sibling[towards]) siblings.push(sibling);
    return siblings;
  });
}

function overlayOf(element: Element): Overlay | undefined {
  const { position, zIndex } = getComputedStyle(element);
  if (position !== 'absolute' || !isEmpty(element)) return undefined;
  return { box: element.getBoundingClientRect(), level: parseInt(zIndex) || 0 };
}

function isEmpty(element: Element): boolean {
  return (
    !element.textContent.trim() && !element.shadowRoot && !matches(element, CONTENT) && !element.querySelector(CONTENT)
  );
}

function sheetOf(document: Document): CSSStyleSheet {
  let sheet = sheets.get(document);
  if (!sheet) {
    sheet = new (builtIn(document).defaultView as typeof globalThis & Window).CSSStyleSheet();
    sheet.replaceSync(RULES);
    sheets.set(document, sheet);
  }
  return sheet;
}
