import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A path in this package, whether the code runs from `dist` or from its sources. */
export function inPackage(...path: string[]): string {
  return join(dirname(createRequire(import.meta.url).resolve('cookie-gatekeeper/package.json')), ...path);
}
