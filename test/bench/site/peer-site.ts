import { brotliCompressSync } from 'node:zlib';
import type { Peer, PeerSetting } from '../peers/peer';
import { packageFile } from './files-of-packages';
import { startServer, type Answer, type Respond } from './http-server';
import { subresource } from './third-parties';

/** A page that a consent manager asks on. */
export interface PeerSite {
  origin: string;
  /** Starts the count again. */
  countAfresh(): void;
  /** Requests that have arrived since then, and the bytes of their answers, with brotli. */
  count(): { requests: number; bytes: number };
  close(): Promise<void>;
}

/** The French State's design system, which a site has whoever asks there: it is served, and not counted. */
const DESIGN_SYSTEM = '/dsfr/';

const CONTENT = `<h1>A portal</h1>${'<p>Open data of a ministry, to look at, to download, and to put into pages of your own.</p>'.repeat(20)}<img src="/logo.gif" width="200" height="80" alt="">`;

/** @param undeclared origin of a third party that the site has forgotten to declare */
export async function startPeerSite(peer: Peer, setting: PeerSetting, undeclared: string): Promise<PeerSite> {
  const page: Answer = {
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-cache', ...peer.headers },
    body: pageOf(peer, setting, undeclared),
  };
  const find: Respond = (request) => {
    const [path = ''] = request.url!.split('?');
    return path === '/' ? page : (peer.files[path] ?? peer.respond?.(request) ?? subresource(path));
  };
  let bodies: (string | Buffer)[] = [];
  const { port, close } = await startServer((request) => {
    const { url = '' } = request;
    if (url.startsWith(DESIGN_SYSTEM)) return packageFile(url.replace(DESIGN_SYSTEM, '@gouvfr/dsfr/dist/'));
    const answer = find(request);
    bodies.push((request.method !== 'HEAD' && answer?.body) || '');
    return answer;
  });
  return {
    origin: `http://site.example:${port}`,
    countAfresh: () => {
      bodies = [];
    },
    count: () => ({ requests: bodies.length, bytes: bodies.reduce((sum, body) => sum + compressed(body), 0) }),
    close,
  };
}

const sizes = new Map<string | Buffer, number>();

/** Bytes with brotli, as a server has them that compresses a file once. */
function compressed(body: string | Buffer): number {
  if (!body.length) return 0;
  if (!sizes.has(body)) sizes.set(body, brotliCompressSync(body).length);
  return sizes.get(body)!;
}

function pageOf(
  { name, head, body = '', declared }: Peer,
  { declared: scripts }: PeerSetting,
  undeclared: string,
): string {
  const isDsfr = name.endsWith('DSFR');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,">${head}<title>A portal</title>
${isDsfr ? `<link rel="stylesheet" href="${DESIGN_SYSTEM}dsfr.min.css">` : ''}</head><body>
${CONTENT}
${declared ? scripts.map(declared).join('\n') : ''}
<script async src="${undeclared}/widget.js"></script>
<img src="${undeclared}/pixel.gif" alt="" width="1" height="1">
<iframe src="${undeclared}/frame.html" title="A widget" width="100" height="50"></iframe>
<script>fetch('${undeclared}/fetched', { mode: 'no-cors' }).catch(() => {});</script>
<script>navigator.sendBeacon('${undeclared}/beacon');</script>
${body}
</body></html>`;
}
