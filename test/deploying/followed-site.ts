import { chmod, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { installedBrowser } from '../../src/cli/browser/installed-browser';
import { selfSigned } from '../browser/self-signed';
import { hostResolverRules } from '../browsers';

/** Those that the pages ask. */
const HOSTS = ['www.googletagmanager.com', 'www.youtube.com', 'metrics.unheard-of.example'];

const VISITOR = 'Visitor';

/** A site's pages by their paths, with whom each asks. No link leads from one to the other, so that an audit, which is slow, finds the first. */
const ASKED: Record<string, string> = {
  '': '<script async src="https://www.googletagmanager.com/gtm.js"></script>',
  'explore/': '<iframe src="https://www.youtube.com/embed/x"></iframe>',
  'admin/': '<script src="https://metrics.unheard-of.example/tag.js"></script>',
};

/** The site's pages, as files. @param tag of a page, by its path from the root: what is put first in its head */
export function sitePages(tag: (path: string) => string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(ASKED).map(([path, body]) => [
      `${path}index.html`,
      `<!doctype html>\n<html lang="en">\n<head>${tag(`/${path}`)}\n<meta charset="utf-8"><title>Data</title>\n</head>\n<body><h1>Data</h1>${body}</body>\n</html>\n`,
    ]),
  );
}

export interface CountedOthers {
  /** Whom the visitor has asked for anything, since `forget`: whoever else asks is not counted. */
  asked(): string[];
  forget(): void;
  /** What the visitor's Chromium is to be started with: their hosts are this server. */
  flags: string[];
  /** Writes an executable that starts the installed Chromium for somebody else. @returns its path */
  writeBrowser(folder: string): Promise<string>;
  close(): void;
}

/** Starts a server that stands for the hosts of others, each under its name, and counts who is asked. */
export async function startCountedOthers(): Promise<CountedOthers> {
  const hosts = new Set<string>();
  const server = createServer(selfSigned(), (request, response) => {
    if (request.headers['user-agent'] === VISITOR) hosts.add(request.headers.host!.split(':')[0]!);
    const type = request.url!.endsWith('.js') ? 'text/javascript' : 'text/html';
    response.writeHead(200, { 'Content-Type': type }).end();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const mapped = [
    hostResolverRules(HOSTS.map((host) => `MAP ${host} 127.0.0.1:${port}`)),
    '--ignore-certificate-errors',
  ];
  return {
    asked: () => [...hosts].sort(),
    forget: () => hosts.clear(),
    flags: [...mapped, `--user-agent=${VISITOR}`],
    async writeBrowser(folder) {
      const executable = join(folder, 'chromium');
      const given = mapped.map((flag) => `'${flag}'`).join(' ');
      await writeFile(executable, `#!/bin/sh\nexec '${installedBrowser('chromium')}' ${given} "$@"\n`);
      await chmod(executable, 0o755);
      return executable;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
