import { builtIn } from '../dom/built-in';

const sheets = new Map<string, CSSStyleSheet>();

/** Gives a tree some styles, in a way that a strict Content-Security-Policy allows; once. */
export function adoptStyles(styles: string | undefined, tree: Document | ShadowRoot = document): void {
  if (!styles) return;
  let sheet = sheets.get(styles);
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    sheets.set(styles, sheet);
  }
  const { adoptedStyleSheets } = builtIn(tree);
  if (!adoptedStyleSheets.includes(sheet)) adoptedStyleSheets.push(sheet);
}

/**
 * Gives a box what it needs, and again when its size changes: it does where a site sets the style sheets of a document, which
 * takes ours away. Not before the next frame: browsers report it as an error of the page's when sizes change one another.
 */
export function keepStyled(box: Element, adopt: () => void): void {
  new ResizeObserver(() => requestAnimationFrame(() => box.isConnected && adopt())).observe(box);
}
