import { takenOver } from '../content/taken-over';
import { asItComes } from './as-it-comes';
import { elementAt, pathTo } from './path-to';
import { filledInBy, isBox, type Control, type Touched } from './user-input';

/** What was filled in of a page, in the storage of its tab, while the page is loaded again. */
const FILLED = 'cookie-gatekeeper:filled';
/** A page that has not come by then is another one. */
const AGE_LIMIT_MS = 30_000;
/** What has a value that may be written down for a moment: no password, no file, no number of a card, and no button. */
const KEPT = `:is(input,textarea,select)${[
  ...['password', 'file', 'hidden', 'submit', 'button', 'reset', 'image'].map((type) => `:not([type=${type} i])`),
  ...['password', 'cc-', 'one-time-code'].map((word) => `:not([autocomplete*=${word} i])`),
].join('')}`;

interface FilledControl {
  /** Where it is. */
  path: string;
  /** What it is: another one is left alone. */
  is: string;
  /** The text in it; whether it was chosen; or the values of the options that were. */
  value: string | boolean | string[];
  /** How far it is scrolled. */
  top: number;
}

interface Filled {
  /** Of the page, without what follows a hash. */
  address: string;
  /** In milliseconds since 1970. */
  time: number;
  controls: FilledControl[];
}

/**
 * Writes down what the visitor has filled in, for the page that is about to be loaded again. Passwords, files, cards, and what
 * stands in editable content and in frames are not.
 * @param touched what has had an `input` event in this document
 */
export function rememberInput(touched: Touched): void {
  const controls = filledInBy(touched)
    .filter((control) => control.ownerDocument === document && isKept(control, touched))
    .map((control): FilledControl => {
      return { path: pathTo(control), is: identityOf(control), value: valueOf(control), top: control.scrollTop };
    });
  if (controls.length === 0) return;
  sessionStorage.setItem(FILLED, JSON.stringify({ address: address(), time: Date.now(), controls } satisfies Filled));
}

/**
 * Fills in again what was written down, as the visitor would: scripts of the page hear of it.
 * @param touched what the visitor has filled in meanwhile, which stays
 */
export async function giveInputBack(touched: Touched): Promise<void> {
  const filled = takeFilled();
  if (!filled) return;
  await takenOver;
  let waiting = filled.controls;
  asItComes(() => {
    const found = waiting.flatMap((filled) => {
      const control = elementAt(filled.path) as Control | null;
      return control && isReadyFor(control, filled) ? [{ control, filled }] : [];
    });
    // Whatever comes of it, each is filled in once.
    waiting = waiting.filter((filled) => !found.some((one) => one.filled === filled));
    for (const { control, filled } of found) if (!touched.has(control)) fillIn(control, filled);
    return waiting.length === 0;
  });
}

/** What was written down of this page is read once. */
function takeFilled(): Filled | undefined {
  try {
    const filled = JSON.parse(sessionStorage.getItem(FILLED) ?? 'null') as Filled | null;
    // What a frame of the site's own may find is the page's around it.
    if (filled?.address !== address()) return undefined;
    sessionStorage.removeItem(FILLED);
    return Date.now() - filled.time < AGE_LIMIT_MS ? filled : undefined;
  } catch {
    return undefined; // A sandboxed page has no storage.
  }
}

function address(): string {
  return location.href.replace(/#.*/, '');
}

/**
 * A choice counts only where it was made in this document: what it had the page do, which may be to lead elsewhere, is done
 * again with it.
 */
function isKept(control: Control, touched: Touched): boolean {
  const isText = !isBox(control) && control.localName !== 'select';
  return control.matches(KEPT) && (isText || touched.has(control)) && touched.get(control) !== 'password';
}

function identityOf(control: Control): string {
  const { localName, type, name, value } = control;
  return JSON.stringify([localName, type, name, isBox(control) && value]);
}

function valueOf(control: Control): FilledControl['value'] {
  if (isBox(control)) return control.checked;
  if (control.localName !== 'select') return control.value;
  return [...control.selectedOptions].map(({ value }) => value);
}

/** Options may come later than what they are of. */
function isReadyFor(control: Control, { is, value }: FilledControl): boolean {
  if (!control.matches(KEPT) || identityOf(control) !== is) return false;
  return !Array.isArray(value) || value.every((chosen) => [...control.options].some(({ value }) => value === chosen));
}

/** Nothing is done where browsers have kept it, as Firefox does. */
function fillIn(control: Control, { value, top }: FilledControl): void {
  if (JSON.stringify(valueOf(control)) === JSON.stringify(value)) return;
  if (typeof value === 'boolean') return control.click();
  if (typeof value === 'string') setValue(control, value);
  else for (const option of control.options) option.selected = value.includes(option.value);
  for (const type of ['input', 'change']) control.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
  control.scrollTop = top;
}

/** By the setter of its kind: React puts one of its own before it, and would take the value for what it knows. */
function setValue(control: Control, value: string): void {
  const { prototype } = control.localName === 'textarea' ? HTMLTextAreaElement : HTMLInputElement;
  Object.getOwnPropertyDescriptor(prototype, 'value')!.set!.call(control, value);
}
