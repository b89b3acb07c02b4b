import { takenOver } from '../content/taken-over';
import { documentTrees } from '../content/document-trees';
import { elementAt, pathTo } from './path-to';
import { controlsIn, isFilledIn, type Control } from './user-input';

/** What was filled in of a page, in the storage of its tab, while the page is loaded again. */
const FILLED = 'cookie-gatekeeper:filled';
/** Nobody waits longer for a control that its page makes. */
const LIMIT_MS = 10_000;
/** What has a value that may be written down for a moment: no password, no file, no number of a card. */
const KEPT =
  ':is(input,textarea,select):not([type=password],[type=file],[autocomplete^=cc-],[autocomplete=one-time-code])';

/** What a control was filled with: its text, whether it was chosen, or which of its options were. */
type Value = string | boolean | number[];

interface Filled {
  /** Of the page, without what follows a hash. */
  address: string;
  /** By where the controls are. */
  values: [path: string, value: Value][];
}

/**
 * Writes down what the visitor has filled in, for the page that is about to be loaded again. Passwords, files and what
 * stands in editable content and in frames are not.
 * @param touched what has had an `input` event in this document
 */
export function rememberInput(touched: WeakSet<EventTarget>): void {
  const controls = documentTrees(document)
    .flatMap(controlsIn)
    .filter((control) => control.ownerDocument === document && control.matches(KEPT) && isFilledIn(control, touched));
  if (controls.length === 0) return;
  const filled: Filled = { address: address(), values: controls.map((control) => [pathTo(control), valueOf(control)]) };
  try {
    sessionStorage.setItem(FILLED, JSON.stringify(filled));
  } catch (error) {
    console.warn('cookie-gatekeeper: what was typed was too long to be kept:', error);
  }
}

/** Fills in again what was written down, as the visitor would: scripts of the page hear of it. */
export async function giveInputBack(): Promise<void> {
  const stored = sessionStorage.getItem(FILLED);
  if (stored === null) return;
  sessionStorage.removeItem(FILLED);
  const filled = JSON.parse(stored) as Filled;
  if (filled.address !== address()) return;
  await takenOver;
  let missing = filled.values;
  const fill = () => {
    missing = missing.filter(([path, value]) => {
      const control = elementAt(path) as Control | null;
      if (!control?.matches(KEPT)) return true;
      fillIn(control, value);
      return false;
    });
    if (missing.length === 0) observer.disconnect();
  };
  const observer = new MutationObserver(fill);
  observer.observe(document, { childList: true, subtree: true });
  setTimeout(() => observer.disconnect(), LIMIT_MS);
  fill();
}

function address(): string {
  return location.href.replace(/#.*/, '');
}

function isBox({ type }: Control): boolean {
  return /^(checkbox|radio)$/.test(type);
}

function valueOf(control: Control): Value {
  if (isBox(control)) return control.checked;
  if (control.localName !== 'select') return control.value;
  return [...control.selectedOptions].map(({ index }) => index);
}

/** Nothing is done where browsers have kept it, as Firefox does. */
function fillIn(control: Control, value: Value): void {
  if (JSON.stringify(valueOf(control)) === JSON.stringify(value)) return;
  if (typeof value === 'boolean') return control.click();
  if (typeof value === 'string') setValue(control, value);
  else for (const option of control.options) option.selected = value.includes(option.index);
  for (const type of ['input', 'change']) control.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
}

/** By the setter of its kind: React puts one of its own before it, and would take the value for what it knows. */
function setValue(control: Control, value: string): void {
  const { prototype } = control.localName === 'textarea' ? HTMLTextAreaElement : HTMLInputElement;
  Object.getOwnPropertyDescriptor(prototype, 'value')!.set!.call(control, value);
}
