import { ownScript } from './own-script';
import { trustedScripts } from './trusted-scripts';

/**
 * Runs a file that is built beside our own script. Not by `import()`: in browsers that take one import map only, a map
 * further down in the site's page would not count after it.
 * @throws (rejects) with its address where it is missing, and with the browser's error where it is forbidden
 */
export function loadScript(url: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement('script'), {
      src: trustedScripts.url(url),
      nonce: ownScript?.nonce ?? '',
      onload: resolve,
      onerror: () => reject(url),
    });
    document.head.append(script);
  });
}
