import { startServer, type HttpServer } from './http-server';

/** A third party's servers, each an origin of its own. */
export interface ThirdParties {
  /** Such as `http://third-1.example:8080`. */
  origins: string[];
  /** Paths of what has arrived since the last time that this was asked. */
  taken(): string[];
  close(): Promise<void>;
}

const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
const HEADERS = { 'Cache-Control': 'no-store', 'Access-Control-Allow-Origin': '*' };

/** What a path's end says it is; anything else is an empty text. */
export function subresource(url: string): { headers: Record<string, string>; body: string | Buffer } {
  const typed = (type: string, body: string | Buffer) => ({ headers: { ...HEADERS, 'Content-Type': type }, body });
  const [path] = url.split('?');
  if (path!.endsWith('.gif')) return typed('image/gif', PIXEL);
  if (path!.endsWith('.js')) return typed('text/javascript', 'window.ran = (window.ran ?? 0) + 1;');
  if (path!.endsWith('.html')) return typed('text/html', '<!doctype html><title>A frame</title>');
  return typed('text/plain', '');
}

export async function startThirdParties(count: number, delayMs = 0, name = 'third'): Promise<ThirdParties> {
  let arrived: string[] = [];
  const servers: HttpServer[] = [];
  for (let i = 0; i < count; i++)
    servers.push(
      await startServer(({ url = '' }) => {
        arrived.push(url);
        return subresource(url);
      }, delayMs),
    );
  return {
    origins: servers.map(({ port }, i) => `http://${name}-${i + 1}.example:${port}`),
    taken: () => {
      const taken = arrived;
      arrived = [];
      return taken;
    },
    close: async () => {
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}
