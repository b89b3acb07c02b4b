import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { buildFiles, builtFileNames, type BuiltFileName } from '../../../example/built-files';
import type { ThemeName } from '../../../src/cli/build';
import type { PolicyInput } from '../../../src/policy/index';
import type { Answer } from './http-server';

/** Services that a site declares besides those of the page that is measured. */
const OTHERS = 15;

/** The gatekeeper's files, as the README says to serve them. */
export interface GuardedFiles {
  /** The headers of a document. */
  documentHeaders: Record<string, string>;
  /** What stands first in `<head>`. */
  tag: string;
  /** @returns undefined for what is none of the files */
  respond(request: IncomingMessage): Answer | undefined;
}

/** @param origins of third parties, each of which is a service: `third-1` and so on */
export async function guardedFiles(
  origins: string[],
  policy: Partial<PolicyInput> = {},
  theme?: ThemeName,
): Promise<GuardedFiles> {
  const { text, lock, workerLock, version } = await buildFiles(benchPolicy(origins, policy), theme);
  const files = new Map(builtFileNames.map((name) => [`/${name}`, cached(name, text[name], workerLock)]));
  const versioned = `/gatekeeper.js?v=${version}`;
  const page = files.get('/gatekeeper.js')!;
  files.set(versioned, { ...page, headers: { ...page.headers, 'Cache-Control': 'max-age=86400' } });
  return {
    tag: `<script src="${versioned}"></script>`,
    documentHeaders: lock ? { 'Content-Security-Policy': lock } : {},
    respond: ({ url, headers }) => {
      const file = files.get(url!);
      if (!file) return undefined;
      return headers['if-none-match'] === file.headers['ETag'] ? { status: 304, headers: file.headers } : file;
    },
  };
}

/** A policy of twenty services: those that are measured, and as many as a portal has besides. */
export function benchPolicy(origins: string[], policy: Partial<PolicyInput> = {}): PolicyInput {
  const service = (id: string, origin: string) => ({
    id,
    provider: id,
    purpose: 'third-party',
    origins: [origin],
    cookies: [{ name: `${id}_*` }],
  });
  return {
    revision: '1',
    services: [
      ...origins.map((origin, i) => service(`third-${i + 1}`, origin)),
      ...Array.from({ length: OTHERS }, (_, i) => service(`other-${i + 1}`, `https://other-${i + 1}.example`)),
    ],
    ...policy,
  };
}

function cached(name: BuiltFileName, body: string, workerLock: string) {
  const headers: Record<string, string> = {
    'Content-Type': 'text/javascript',
    'Cache-Control': 'no-cache',
    ETag: `"${createHash('sha256').update(body).digest('base64url')}"`,
  };
  if (name === 'gatekeeper-sw.js' && workerLock) headers['Content-Security-Policy'] = workerLock;
  return { headers, body };
}
