import { builtIn } from '../../dom/built-in';
import type { TrustedScripts } from '../files/trusted-scripts';
import { webUrl } from './web-url';

/**
 * A copy of a script that was inert, or refused. A script element runs only once; a copy of it has not run yet.
 * @returns undefined where its address is not one of the web
 */
export function runnableCopy(script: HTMLScriptElement, trusted: TrustedScripts): HTMLScriptElement | undefined {
  const copy = builtIn(document).createElement('script');
  for (const { name, value } of script.attributes) {
    if (name !== 'src') copy.setAttribute(name, name.startsWith('on') ? trusted.script(value) : value);
  }
  let address = script.getAttribute('src');
  if (script.type === 'text/plain') {
    copy.type = script.dataset.type ?? '';
    address = script.dataset.src ?? address;
  } else if (script.type === 'module') {
    // The document remembers that a module failed, by its URL with the fragment; servers never see that.
    address = `${script.src}#released`;
  }
  if (address !== null) {
    if (!webUrl(address)) return undefined;
    copy.src = trusted.url(address);
  }
  // Browsers hide it: the attribute is empty. One that it has not must not be given to it.
  copy.nonce = script.nonce;
  copy.text = trusted.script(script.text);
  // Inserted scripts are async unless told otherwise, and then keep no order.
  copy.async = script.hasAttribute('async');
  return copy;
}
