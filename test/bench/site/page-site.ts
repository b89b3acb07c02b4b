import type { Guard, Wall } from '../parts/page-cells';
import { guardedFiles, type GuardedFiles } from './guarded-files';
import { startServer, writeSlowly, type Respond } from './http-server';
import type { PolicyInput } from '../../../src/policy/index';
import { subresource, type ThirdParties } from './third-parties';
import { EMPTY_WORKER, NAIVE_WORKER, REGISTRATION } from './workers';

/** A site whose pages `/page/20` have that many own subresources, and as many of third parties. */
export interface PageSite {
  origin: string;
  close(): Promise<void>;
}

export interface PageSiteOptions {
  /** Its host name; `site.example` without it. Visitors of one browser need one for each state that they are in. */
  host?: string;
  guard: Guard;
  /** Of ours. */
  wall?: Wall;
  thirdParties: ThirdParties;
  /** Milliseconds that are added to every answer. */
  delay?: number;
  /** Whether documents have the lock although nothing of ours is there: what a Content-Security-Policy does alone. */
  isLocked?: boolean;
  /** Put over the policy of ours. */
  policy?: Partial<PolicyInput>;
}

/** Between the pieces of `/slow`. */
const PIECES_EVERY_MS = 50;
const SLOW_PIECES = 10;

const HTML = { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' };
const WORKER = { 'Content-Type': 'text/javascript', 'Cache-Control': 'no-cache' };

export async function startPageSite({
  host = 'site.example',
  guard,
  wall = 'strict',
  thirdParties: { origins },
  delay = 0,
  isLocked = guard === 'ours',
  policy,
}: PageSiteOptions): Promise<PageSite> {
  const ours: GuardedFiles | undefined = isLocked ? await guardedFiles(origins, { wall, ...policy }) : undefined;
  const head = headOf(guard, ours);
  const headers = { ...HTML, ...ours?.documentHeaders };
  const answer: Respond = (request) => {
    const { url = '' } = request;
    const size = /^\/page\/(\d+)/.exec(url)?.[1];
    if (size !== undefined) return { headers, body: pageOf(Number(size), origins, head) };
    if (url.startsWith('/slow'))
      return { headers, write: (response) => writeSlowly(response, slowPage(head), PIECES_EVERY_MS) };
    if (url === '/worker.js') return { headers: WORKER, body: guard === 'naive' ? NAIVE_WORKER : EMPTY_WORKER };
    return ours?.respond(request) ?? subresource(url);
  };
  const { port, close } = await startServer(answer, delay);
  return { origin: `http://${host}:${port}`, close };
}

/** What guards a page, first in its head. */
function headOf(guard: Guard, ours?: GuardedFiles): string {
  if (guard === 'none') return '';
  return guard === 'ours' ? ours!.tag : REGISTRATION;
}

/** A page of images and scripts, the site's own and third parties' in turn. */
function pageOf(size: number, origins: string[], head: string): string {
  const tags = Array.from({ length: size }, (_, i) => [tagOf('', i), tagOf(origins[i % origins.length]!, i)]);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,">${head}<title>A page</title></head>
<body><h1>A page</h1><p>It has ${size} subresources of its own, and as many of third parties.</p>
${tags.flat().join('\n')}
</body></html>`;
}

/** A page that its server is still making: its parts come one after another. */
function slowPage(head: string): string[] {
  const parts = Array.from({ length: SLOW_PIECES }, (_, i) => `<p>${`Part ${i} of the page. `.repeat(200)}</p>`);
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,">${head}<title>A slow page</title></head><body><h1>Slow</h1>`,
    ...parts,
    '</body></html>',
  ];
}

function tagOf(origin: string, number: number): string {
  return number % 2
    ? `<script async src="${origin}/${number}.js"></script>`
    : `<img src="${origin}/${number}.gif" width="1" height="1" alt="">`;
}
