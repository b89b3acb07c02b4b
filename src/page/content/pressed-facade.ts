import { builtIn } from '../../dom/built-in';
import type { Embedded } from './placeholders';

/** The custom element that something was put into, if it is one. */
export function componentOf(element: Embedded): Element | undefined {
  const root = element.getRootNode();
  const component = root instanceof ShadowRoot ? root.host : element.parentElement;
  return component?.localName.includes('-') ? component : undefined;
}

/**
 * Whether the visitor has just pressed what an element came from: it has the focus, or the custom element that it is in has
 * it, or had it in what the element has replaced.
 */
export function isPressed(element: Embedded): boolean {
  const { activeElement, body } = builtIn(document);
  const facade = element.parentElement ?? (element.getRootNode() as ShadowRoot).host;
  return (
    !!navigator.userActivation?.isActive &&
    (activeElement === element ||
      (facade.localName.includes('-') && (activeElement === body || facade.contains(activeElement))))
  );
}
