import { join } from 'node:path';
import { defineCommand } from '../command';
import { CommandError, UsageError } from '../command-error';
import { makeFolder } from '../make-folder';
import { replaceFiles } from '../replace-files';

/** Nobody listens for requests in it, so browsers pass it by from the moment that it is active; pages that are open go on. */
const WORKER = `// cookie-gatekeeper was taken off this site. This takes the place of its worker, and then itself away; it loads no page again, and
// deletes nothing. Where a worker of the site's own imports it, it does nothing.
if (/\\/gatekeeper-sw\\.js$/.test(location.pathname)) {
  self.addEventListener('install', () => self.skipWaiting());
  self.addEventListener('activate', (event) => event.waitUntil(self.registration.unregister()));
}
`;

export const uninstall = defineCommand({
  summary: 'writes a gatekeeper-sw.js that takes itself away, for when cookie-gatekeeper is taken off a site',
  example: '--out public/',
  arguments: [],
  options: { out: { value: 'public/', short: 'o', says: 'the folder to write it to, in the place of the worker' } },
  async run(_, { out }) {
    if (out === undefined)
      throw new UsageError('say where to write the file: npx cookie-gatekeeper uninstall --out public/');
    const file = join(out, 'gatekeeper-sw.js');
    await makeFolder(out)
      .then(() => replaceFiles(new Map([[file, WORKER]])))
      .catch((error: NodeJS.ErrnoException) => {
        throw error.syscall
          ? new CommandError(`${out} could not be written to: ${error.message}. Name a folder: --out public/`)
          : error;
      });
    const words = `Wrote ${file}.
Take the tag of gatekeeper.js out of the pages, and the lock out of what your server sends. Serve this at the same address, with
"Cache-Control: no-cache", for as long as visitors may have the old worker: a browser replaces it with the next page that it opens.`;
    return { words };
  },
});
