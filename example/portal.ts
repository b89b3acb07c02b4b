import type { ThemeName } from '../src/cli/build';
import { buildFiles, builtFileNames, type BuiltFileName } from './built-files';
import { examplePolicy } from './example-policy';
import { listen } from './listen';
import { portalApp, type Respond } from './portal-app';
import type { Site } from './site';
import type { ReceivedRequest } from './third-parties/received-request';
import { standInIds, startThirdParties, type StandInId } from './third-parties/start-third-parties';

export interface ExampleOptions {
  /** The portal's TCP port; any free one when left out. */
  port?: number;
  /** The stand-ins' TCP ports; any free one for those left out. */
  thirdPartyPorts?: Partial<Record<StandInId, number>>;
  /** How documents carry the lock; `header` when left out. */
  lock?: 'header' | 'meta' | 'none';
  /** False: the portal knows nothing of the gatekeeper: no lock, no tag, no files. */
  guarded?: boolean;
  /** Theme of the interface that asks the visitor; without it, only the panel does. */
  interface?: ThemeName;
  /** Changes the policy before it is built. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests put anything into it
  editPolicy?(policy: any): unknown;
  /** Changes a built file before it is served. */
  editFile?(name: BuiltFileName, text: string): string;
}

/** A page that is added to the running portal: what goes into its head and body, and headers of its own. */
interface AddedPage {
  head?: string;
  body?: string;
  headers?: Record<string, string>;
}

export interface Example {
  /** `http://localhost:<port>` */
  origin: string;
  thirdParties: Site['thirdParties'];
  /** The value of the lock. */
  lock: string;
  /** Adds a page with the portal's lock and the gatekeeper's script, and nothing else of the portal. */
  page(path: string, page: AddedPage): void;
  /** Answers a path as the caller likes; HTML is sent with the lock. */
  route(path: string, respond: Respond): void;
  /** Deploys a changed file, as a release of the site would. */
  setFile(name: BuiltFileName, edit: (text: string) => string): void;
  /** Deploys the files and the locks of a revised policy. */
  revise(policy: unknown): Promise<void>;
  /** Stops the portal's server; its third parties go on. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Builds the gatekeeper for the example's policy and starts the portal and its third parties.
 *
 * @throws {PortTaken} when a port is not free
 * @throws {PolicyError} when `editPolicy` makes the policy invalid
 */
export async function startExample(options: ExampleOptions = {}): Promise<Example> {
  const { port = 0, thirdPartyPorts = {}, guarded = true, lock: lockIn = guarded ? 'header' : 'none' } = options;
  const standIns = await startThirdParties(thirdPartyPorts);
  const closeStandIns = () => Promise.all(standInIds.map((id) => standIns[id].close()));
  try {
    const origins = Object.fromEntries(standInIds.map((id) => [id, standIns[id].origin])) as Record<StandInId, string>;
    const written = examplePolicy(origins);
    const sent = { ...written, lock: lockIn === 'none' ? 'tag' : lockIn };
    const policy = options.editPolicy ? options.editPolicy(sent) : sent;
    const { lock, workerLock, lockHeader, text: gatekeeper } = await buildFiles(policy, options.interface);
    for (const name of builtFileNames)
      if (!guarded) gatekeeper[name] = '';
      else if (gatekeeper[name]) gatekeeper[name] = options.editFile?.(name, gatekeeper[name]) ?? gatekeeper[name];

    const hidden = { origin: '', requests: [] as ReceivedRequest[] };
    const site: Site = {
      policy: policy as Site['policy'],
      thirdParties: { ...standIns, eulerian: hidden },
      interface: options.interface,
      guarded,
      metaLock: lockIn === 'meta' ? lock : undefined,
    };
    const added = new Map<string, Respond>();
    const headerLocks =
      lockIn === 'header' && lock ? { name: lockHeader, documents: lock, worker: workerLock } : undefined;
    const app = portalApp({ site, headerLocks, gatekeeper, added });
    const server = await listen(app, port);
    const origin = `http://localhost:${server.port}`;
    let stopped: Promise<void> | undefined;
    const stop = () => (stopped ??= server.close());
    hidden.origin = origin;

    return {
      origin,
      thirdParties: site.thirdParties,
      lock,
      page: (path, page) => added.set(path, () => pageResponse(page, site)),
      route: (path, respond) => added.set(path, respond),
      setFile: (name, edit) => {
        gatekeeper[name] = edit(gatekeeper[name]);
      },
      revise: async (revised) => {
        const built = await buildFiles(revised, options.interface);
        Object.assign(gatekeeper, built.text);
        if (headerLocks)
          Object.assign(headerLocks, { name: built.lockHeader, documents: built.lock, worker: built.workerLock });
      },
      stop,
      close: async () => {
        await Promise.all([stop(), closeStandIns()]);
      },
    };
  } catch (error) {
    await closeStandIns();
    throw error;
  }
}

function pageResponse({ head = '', body = '', headers = {} }: AddedPage, { metaLock, guarded }: Site): Response {
  const meta = metaLock ? `<meta http-equiv="Content-Security-Policy" content="${metaLock}">` : '';
  const tag = guarded ? '<script src="/gatekeeper.js"></script>' : '';
  const text = `<!doctype html><html lang="en"><head>${meta}<meta charset="utf-8"><title>Added page</title>${tag}${head}</head><body>${body}</body></html>`;
  return new Response(text, { headers: { 'Content-Type': 'text/html; charset=utf-8', ...headers } });
}
