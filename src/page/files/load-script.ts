import { builtIn } from '../../dom/built-in';
import { askedFor } from './asked-for';
import { crossOrigin, integrity, nonce } from './own-script';
import { trustedScripts } from './trusted-scripts';

/**
 * Runs a file of ours. Not by `import()`: in browsers that take one import map only, a map further down in the site's
 * page would not count after it.
 * @param hash its Subresource Integrity, which it has to have where our own tag says its own: a site may require one of
 * every script (Integrity-Policy)
 * @param fetchPriority browsers fetch what a script has put in after the page's pictures, unless they are told
 * @throws (rejects) with its address where it is missing, forbidden, or not what was built; with the browser's error
 * where its address may not be set (Trusted Types)
 */
export function loadScript(url: string, hash: string, fetchPriority: 'high' | 'auto'): Promise<unknown> {
  askedFor.add(url);
  return new Promise((onload, reject) => {
    const how = { src: trustedScripts.url(url), nonce, crossOrigin, integrity: integrity && hash, fetchPriority };
    const script = Object.assign(builtIn(document).createElement('script'), how, {
      onload,
      onerror: () => reject(url),
    });
    builtIn(document).head.append(script);
    // It is loaded all the same. React would take it for one of its own, where it has rendered the document, and start anew.
    script.remove();
  });
}
