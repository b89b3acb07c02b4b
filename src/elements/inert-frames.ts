import { element } from './element';
import type { Interface } from './interface';
import { setShown } from './set-shown';

const INERT = 'iframe[data-service][data-src]';
/** Smaller frames show nothing: they count visits. */
const SMALLEST_PX = 10;
/** What places a frame in the page, so that its placeholder stands where the frame will. */
const PLACE = ['position', 'inset', 'margin', 'float', 'gridArea', 'order', 'flex', 'zIndex', 'borderRadius'] as const;

const placeholders = new Map<HTMLIFrameElement, HTMLElement>();

/** Shows a placeholder in the place of each inert frame, for as long as its service is not allowed. */
export function showInertFrames({ gatekeeper }: Interface): void {
  for (const frame of document.querySelectorAll<HTMLIFrameElement>(INERT)) {
    if (placeholders.has(frame) || gatekeeper.allows(frame.dataset.service!)) continue;
    if (frame.offsetWidth < SMALLEST_PX || frame.offsetHeight < SMALLEST_PX) continue;
    const placeholder = placeholderFor(frame);
    placeholders.set(frame, placeholder);
    frame.before(placeholder);
  }
  for (const [frame, placeholder] of placeholders) {
    if (!frame.isConnected) {
      placeholder.remove();
      placeholders.delete(frame);
    } else setShown(frame, gatekeeper.allows(frame.dataset.service!));
  }
}

function placeholderFor(frame: HTMLIFrameElement): HTMLElement {
  const { service, src } = frame.dataset;
  const placeholder = element('cookie-placeholder', { 'data-service': service, 'data-host': new URL(src!, document.baseURI).host });
  const style = getComputedStyle(frame);
  const { style: own } = placeholder;
  for (const property of PLACE) own[property] = style[property];
  Object.assign(own, { width: `${frame.offsetWidth}px`, height: `${frame.offsetHeight}px`, maxWidth: '100%' });
  own.display = style.display === 'inline' ? 'inline-block' : style.display;
  return placeholder;
}
