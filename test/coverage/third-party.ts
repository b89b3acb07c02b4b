import { createHash } from 'node:crypto';
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server as HttpServer,
  type ServerResponse,
} from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer, type Socket } from 'node:net';
import { contentOf } from './content';

const HOST = '127.0.0.1';

/** Hits by probe id. */
export type Hits = Record<string, number>;

/**
 * A server that is a site of its own and counts what reaches it: requests by the probe they belong to
 * (`/run/probe/file`), WebSocket handshakes among them, and connections and datagrams on ports of one probe.
 */
export class ThirdParty {
  readonly #hits = new Map<string, Hits>();
  readonly #http: HttpServer;
  /** The same under another address, which belongs to a service of its own. */
  readonly #quiet: HttpServer;
  readonly #tcp: TcpServer[] = [];
  readonly #udp: UdpSocket[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #ports = new Map<string, number>();
  /** Connections and datagrams carry no name; they count for the run that is on. */
  #run = '';
  /** When a probe was last seen for the first time, in milliseconds since the epoch. */
  latestNews = 0;

  private constructor() {
    this.#http = createHttpServer((request, response) => this.#answer(request, response));
    this.#quiet = createHttpServer((request, response) => this.#answer(request, response));
    this.#http.on('upgrade', (request: IncomingMessage, socket: Socket) => {
      this.#count(request.url);
      // Where many fail, Chromium keeps the next ones waiting for seconds.
      socket.on('error', () => socket.destroy());
      // Read to its end, or the server would not stop.
      socket.resume().end(handshake(request.headers['sec-websocket-key'] ?? ''));
    });
  }

  /**
   * @param probes the probes that need a port of their own, by what is counted there
   */
  static async start(probes: { id: string; counted?: 'tcp' | 'udp' }[]): Promise<ThirdParty> {
    const party = new ThirdParty();
    for (const server of [party.#http, party.#quiet]) {
      server.listen(0, HOST);
      await once(server, 'listening');
    }
    for (const { id, counted } of probes) {
      if (counted === 'tcp') await party.#openTcp(id);
      if (counted === 'udp') await party.#openUdp(id);
    }
    return party;
  }

  get host(): string {
    return addressOf(this.#http);
  }

  /** The address of what is to be reached without credentials. */
  get quietHost(): string {
    return addressOf(this.#quiet);
  }

  /** The address that only this probe connects to; undefined for probes that are told apart by their URLs. */
  hostOf(probe: string): string | undefined {
    const port = this.#ports.get(probe);
    return port === undefined ? undefined : `${HOST}:${port}`;
  }

  begin(run: string): void {
    this.#run = run;
    this.#hits.set(run, {});
  }

  hits(run: string): Hits {
    return this.#hits.get(run) ?? {};
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    for (const socket of this.#udp) socket.close();
    for (const server of [this.#http, this.#quiet]) server.closeAllConnections();
    await Promise.all(
      [this.#http, this.#quiet, ...this.#tcp].map((server) => new Promise((resolve) => server.close(resolve))),
    );
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? '/', `http://${HOST}`);
    this.#count(pathname);
    request.resume();
    const open = {
      'access-control-allow-origin': request.headers.origin ?? '*',
      'access-control-allow-credentials': 'true',
      'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '*',
      'access-control-allow-methods': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'no-store',
    };
    const target = searchParams.get('to');
    if (target) {
      response.writeHead(307, { ...open, location: target }).end();
      return;
    }
    const { type, body } = contentOf(pathname);
    response.writeHead(200, { ...open, 'content-type': type }).end(body);
  }

  #count(path = ''): void {
    const [, run = '', probe = ''] = path.split('/');
    const hits = this.#hits.get(run);
    if (!hits) return;
    if (!hits[probe]) this.latestNews = Date.now();
    hits[probe] = (hits[probe] ?? 0) + 1;
  }

  async #openTcp(probe: string): Promise<void> {
    const server = createTcpServer((socket) => {
      this.#count(`/${this.#run}/${probe}`);
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('error', () => socket.destroy());
    });
    server.listen(0, HOST);
    await once(server, 'listening');
    this.#tcp.push(server);
    this.#ports.set(probe, (server.address() as AddressInfo).port);
  }

  async #openUdp(probe: string): Promise<void> {
    const socket = createSocket('udp4', () => this.#count(`/${this.#run}/${probe}`));
    socket.bind(0, HOST);
    await once(socket, 'listening');
    this.#udp.push(socket);
    this.#ports.set(probe, socket.address().port);
  }
}

/** Opens a WebSocket, and closes it. */
function handshake(key: string): Buffer {
  // https://www.rfc-editor.org/rfc/rfc6455#section-1.3
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  const close = Buffer.from([0x88, 0]);
  return Buffer.concat([
    Buffer.from(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    ),
    close,
  ]);
}

function addressOf(server: HttpServer): string {
  return `${HOST}:${(server.address() as AddressInfo).port}`;
}
