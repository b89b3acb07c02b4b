import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { WebSocketServer } from 'ws';

export interface MessySite {
  /** `http://127.0.0.1:<port>`, which it also writes into everything that it sends. */
  origin: string;
  /** Headers of the requests that it has received, by path. */
  asked: Map<string, IncomingMessage['headers']>;
  close(): Promise<void>;
}

/** A site that has written its own address everywhere, has a strict policy and cookies for its domain, and zips its pages. */
export async function startMessySite(thirdParty: string): Promise<MessySite> {
  const asked: MessySite['asked'] = new Map();
  let origin = '';
  const host = () => new URL(origin).host;
  const page = () => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Messy</title>
    <meta http-equiv="Content-Security-Policy" content="connect-src ${host()} ws://${host()}; style-src 'none'">
    <script nonce="of-the-site" src="${origin}/app.js"></script>
    <script nonce="of-the-site" src="${thirdParty}/script/messy"></script>
    </head><body><a href="${origin}/moved">Further</a><img src="${thirdParty}/image/messy" alt=""></body></html>`;
  const script = () => `addEventListener('load', () => {
    const socket = new WebSocket('${origin.replace('http', 'ws')}/echo');
    socket.onopen = () => socket.send('from the page');
    socket.onmessage = ({ data }) => { document.documentElement.dataset.echoed = data; };
    fetch('${origin}/data.json').then((response) => response.json()).then(({ next }) => { document.documentElement.dataset.next = next; });
  });`;
  const zipped = (response: ServerResponse, type: string, text: string, headers: Record<string, unknown> = {}) =>
    void response
      .writeHead(200, { 'Content-Type': type, 'Content-Encoding': 'gzip', ...(headers as Record<string, string>) })
      .end(gzipSync(text));
  const server = createServer((request, response) => {
    const { url = '/' } = request;
    asked.set(url, request.headers);
    if (url === '/app.js') return zipped(response, 'text/javascript', script());
    if (url === '/data.json') return zipped(response, 'application/json', JSON.stringify({ next: `${origin}/next` }));
    if (url === '/moved') return response.writeHead(301, { Location: `${origin}/next` }).end();
    if (url !== '/' && url !== '/next') return response.writeHead(404).end();
    zipped(response, 'text/html', page(), {
      'Content-Security-Policy': `default-src 'none'; script-src 'nonce-of-the-site'; img-src ${origin} ${thirdParty}; connect-src ${origin} ${origin.replace('http', 'ws')}; upgrade-insecure-requests`,
      'Set-Cookie': ['seen=1; Domain=.messy.example; Path=/; Secure; SameSite=None', 'own=2; Path=/; Secure; HttpOnly'],
    });
  });
  const sockets = new WebSocketServer({ server, path: '/echo' });
  sockets.on('connection', (socket, { headers }) =>
    socket.on('message', (data) => socket.send(`${String(data)}, at ${headers.origin}`)),
  );
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    asked,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.terminate();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
