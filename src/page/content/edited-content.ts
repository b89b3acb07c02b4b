import { builtIn } from '../../dom/built-in';

/** An editor may have islands in it that it edits in another way, and saves as well. */
const EDITED = '[contenteditable]:not([contenteditable=false i])';

/** Whether the visitor edits what an element stands in: its markup is what will be saved. */
export function isEdited(element: Element): boolean {
  return builtIn(element.ownerDocument).designMode === 'on' || !!element.closest(EDITED);
}

/** Whether a document is this page's, or was written by its scripts into frames without an address: such have the policy of what they were made by. */
export function inheritsPolicy(inner: Document): boolean {
  if (inner === document) return true;
  const frame = builtIn(inner).defaultView?.frameElement as HTMLIFrameElement | null | undefined;
  if (!frame || !/^(about:|$)/.test(frame.src)) return false;
  const outer = frame.ownerDocument;
  // One that was opened by a script has the address of that.
  const isWritten = /^about:/.test(inner.URL) || inner.URL.replace(/#.*/, '') === outer.URL.replace(/#.*/, '');
  return isWritten && inheritsPolicy(outer);
}
