const displays = new WeakMap<HTMLElement, string>();

/** Shows an element as it was, or hides it, whatever `display` it has. */
export function setPrompted(element: HTMLElement, shown: boolean): void {
  if (!displays.has(element)) displays.set(element, element.style.display);
  if (shown) element.style.display = displays.get(element)!;
  else element.style.setProperty('display', 'none', 'important');
}
