const sheets = new Map<string, CSSStyleSheet>();

/** Gives a tree some styles, in a way that a strict Content-Security-Policy allows; once. */
export function adoptStyles(styles: string | undefined, { adoptedStyleSheets }: DocumentOrShadowRoot = document): void {
  if (!styles) return;
  let sheet = sheets.get(styles);
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    sheets.set(styles, sheet);
  }
  if (!adoptedStyleSheets.includes(sheet)) adoptedStyleSheets.push(sheet);
}
