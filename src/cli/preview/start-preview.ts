import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { proxyUpgrade } from 'httpxy';
import { nodeListener } from '../../server/node-listener';
import type { PartyDescriber } from '../audit/describe-party';
import { CommandError } from '../command-error';
import { mapRequest, mapResponse, nonceFor } from './map-response';
import { MappedAddresses } from './mapped-addresses';
import { PANEL_FOLDER, panelRequests } from './panel-requests';
import { PreviewCsp } from './preview-csp';
import { PreviewedPolicy, type PreviewedPolicyOptions } from './previewed-policy';
import { shellWord } from '../shell-word';

export interface PreviewOptions extends Pick<PreviewedPolicyOptions, 'file' | 'theme'> {
  portal: URL;
  /** TCP port of this machine. */
  port: number;
  describer: PartyDescriber;
  /** Told what has happened, a line each. */
  say(line: string): void;
}

const LOOPBACK = '127.0.0.1';
/** Whoever looks at the preview asks for one of these; a page of somebody whose name leads here asks for that name. */
const LOCAL_HOST = /^(localhost|127\.0\.0\.1)(:\d+)?$/;

/**
 * Serves a guarded copy of a site to this machine.
 * @returns the policy that it is guarded by, once it listens
 * @throws (rejects) {UnreadableFileError}
 * @throws (rejects) {PolicyError} when the policy has mistakes
 * @throws (rejects) {CommandError} when the port cannot be listened on
 */
export async function startPreview({
  portal,
  file,
  theme,
  port,
  describer,
  say,
}: PreviewOptions): Promise<PreviewedPolicy> {
  const addresses = new MappedAddresses(portal, new URL(`http://localhost:${port}`));
  const { origin } = addresses.preview;
  const csp = new PreviewCsp(addresses);
  const policy = await PreviewedPolicy.read({ file, theme, origin: portal.origin, tag: tags });
  const panel = panelRequests({ policy, describer, site: portal.origin, changed: say });

  const handle = async (request: Request): Promise<Response> => {
    const { host, pathname } = new URL(request.url);
    if (!LOCAL_HOST.test(host)) return new Response(`Open ${origin}/ instead.\n`, { status: 421 });
    if (pathname.startsWith(PANEL_FOLDER)) return panel(request);
    const scripts = policy.scripts.map((name) => `${origin}/${name}`);
    const mapping = {
      addresses,
      csp,
      needed: {
        scripts: [...scripts, `${origin}${PANEL_FOLDER}panel.js`],
        worker: `${origin}/gatekeeper-sw.js`,
        posts: origin + PANEL_FOLDER,
      },
    };
    const response = await policy.guard(mapRequest(request, mapping));
    if (scripts.includes(`${origin}${pathname}`)) return response;
    const known = csp.lacking.size;
    const mapped = mapResponse(response, mapping);
    for (const line of [...csp.lacking].slice(known))
      say(`The site’s own Content-Security-Policy keeps the gatekeeper out. It has to permit, in ${line}`);
    return mapped;
  };

  const listener = nodeListener((request) => handle(request).catch((error: unknown) => unreachable(portal, error)));
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  server.on('upgrade', (incoming, socket, head) => passSocket(incoming, socket, head, addresses));
  const again = `npx cookie-gatekeeper preview ${shellWord(portal.href)} --policy ${shellWord(file)}${theme === 'own' ? '' : ` --interface ${theme}`}`;
  await listen(server, port, again);
  return policy;
}

/** The panel is for whoever looks at the page; frames in it have none of their own. */
function tags(request: Request, headers: Headers): string {
  const nonce = `nonce="${nonceFor(headers).replace(/[^\w+/=-]/g, '')}"`;
  const isFrame = /^(iframe|frame|embed|object)$/.test(request.headers.get('sec-fetch-dest') ?? '');
  const panel = isFrame ? '' : `<script defer src="${PANEL_FOLDER}panel.js" ${nonce}></script>`;
  return `<script src="/gatekeeper.js" ${nonce}></script>${panel}`;
}

/** WebSockets go to the portal as they are, as from a page of its own. */
function passSocket(incoming: IncomingMessage, socket: Duplex, head: Buffer, addresses: MappedAddresses): void {
  if (!LOCAL_HOST.test(incoming.headers.host ?? '')) return void socket.destroy();
  const { headers } = incoming;
  if (headers.origin) headers.origin = addresses.toPortal(headers.origin);
  const options = { changeOrigin: true, xfwd: false };
  proxyUpgrade(addresses.portal.origin, incoming, socket as never, head, options).catch(() => socket.destroy());
}

function unreachable(portal: URL, error: unknown): Response {
  const { message, cause } = error as Error;
  const reason = cause instanceof Error ? cause.message || (cause as NodeJS.ErrnoException).code : message;
  return new Response(
    `cookie-gatekeeper: ${portal.origin} could not be reached: ${reason}. Load the page again when it can.\n`,
    {
      status: 502,
      headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
    },
  );
}

/** @param again the command that was typed, but for its port */
function listen(server: Server, port: number, again: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', ({ code, message }: NodeJS.ErrnoException) => {
      const why: Record<string, string> = {
        EADDRINUSE: `port ${port} is taken by another program`,
        EACCES: `port ${port} is not for everybody to listen on`,
      };
      const other = port < 1024 || port === 65535 ? 8089 : port + 1;
      reject(new CommandError(`${why[code ?? ''] ?? message}. Choose another: ${again} --port ${other}`));
    });
    server.listen(port, LOOPBACK, resolve);
  });
}
