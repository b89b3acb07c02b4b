/** Whether an element matches a selector: also a form, which what is in it may hide its own properties of by its names. */
export function matches(element: Element, selector: string): boolean {
  return Element.prototype.matches.call(element, selector);
}
