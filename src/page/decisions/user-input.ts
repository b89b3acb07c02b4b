import { builtIn } from '../../dom/built-in';
import { documentTrees } from '../content/document-trees';

/** The interface's own controls are no loss: what they say is stored. */
const OURS = 'cookie-banner,cookie-preferences,cookie-placeholder';
/** What browsers know to have been filled in by the visitor, also before this script was there. In Firefox, buttons always are. */
const FILLED_IN =
  ':is(input,textarea,select):not([type=submit],[type=button],[type=reset],[type=image]):is(:user-valid,:user-invalid)';

/**
 * Whether the visitor has typed or chosen something in the page that a reload may lose: in form controls, whatever makes
 * them, and in editable content; also in shadow trees and in frames of the site's own. Where in doubt, yes.
 * @param touched what has had an `input` event in this document
 */
export function hasUserInput(touched: Touched): boolean {
  return filledInBy(touched).length > 0;
}

/** All that the visitor has typed or chosen something in. Parameters as for `hasUserInput`. */
export function filledInBy(touched: Touched): Control[] {
  return documentTrees(document).flatMap((tree) =>
    // What is in a form hides the form's own properties by its names.
    [...builtIn(tree).querySelectorAll<Control>(':not(form)')].filter((element) => {
      // The values of attributes tell nothing about this document: React writes what is typed into them, others write no
      // attribute at all. In a frame nobody listens, so there they have to do.
      const isUsed =
        touched.has(element) ||
        element.matches(FILLED_IN) ||
        (element.ownerDocument !== document && isChanged(element));
      return isUsed && !isEmpty(element) && !element.closest(OURS);
    }),
  );
}

/** What has had an `input` event in this document, and of what type it was when it first had. */
export type Touched = WeakMap<EventTarget, string | undefined>;

/** Any control of a form, or an element that is none and has none of these. */
export type Control = HTMLInputElement & HTMLSelectElement;

export function isBox({ type }: Control): boolean {
  return /^(checkbox|radio)$/.test(type);
}

function isChanged(element: Control): boolean {
  const { localName, value, checked, defaultChecked, options } = element;
  if (localName === 'select')
    return value !== ([...options].find(({ defaultSelected }) => defaultSelected) ?? options[0])?.value;
  if (isBox(element)) return checked !== defaultChecked;
  if (/^(input|textarea)$/.test(localName)) return value !== firstValue(element);
  return element.isContentEditable;
}

/** These have a value from the start, also where none is written. */
function firstValue({ type, defaultValue, attributes }: Control): string {
  if (!/^(range|color)$/.test(type)) return defaultValue;
  const untouched = builtIn(document).createElement('input');
  for (const { name, value } of attributes) if (!name.startsWith('on')) untouched.setAttribute(name, value);
  return untouched.value;
}

/** Whether nothing is in it, and nothing was: something that was sent, say, or deleted again. */
function isEmpty({ type, value, defaultValue, isContentEditable, textContent }: Control): boolean {
  if (isContentEditable) return !textContent.trim();
  return !/^(checkbox|radio)$/.test(type) && value === '' && !defaultValue;
}
