import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from '../../src/cli/index';
import { freePort } from '../free-port';
import type { TestPage } from './checkout';

/** The hosts that their server answers to; all of them are this machine. */
const HOSTS = ['web-platform.test', 'not-web-platform.test'];
/** How many ports their server has of each kind. */
const PORTS = {
  http: 2,
  'http-local': 1,
  'http-public': 1,
  https: 2,
  'https-local': 1,
  'https-public': 1,
  ws: 1,
  wss: 1,
  h2: 1,
};
const OURS = '/cookie-gatekeeper/';
const START_LIMIT_MS = 60_000;

export interface Server {
  url(page: TestPage): string;
  close(): Promise<void>;
}

/**
 * Starts web-platform-tests' own server on ports of its own.
 * @param checkout folder of web-platform-tests
 * @param withOurs whether every service worker that it serves imports ours first, with everything permitted
 */
export async function startServer(checkout: string, withOurs: boolean): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'cookie-gatekeeper-wpt-'));
  const ports = await freePorts();
  const config = join(folder, 'config.json');
  const aliases = withOurs ? [{ 'url-path': OURS, 'local-dir': folder }] : [];
  await writeFile(
    config,
    JSON.stringify({
      ports,
      aliases,
      check_subdomains: false,
      server_host: '127.0.0.1',
      logging: { level: 'warning' },
    }),
  );
  if (withOurs) await build(everythingPermitted(Object.values(ports).flat()), { out: folder, base: OURS });
  const script = fileURLToPath(new URL('serve.py', import.meta.url));
  const child = spawn('python3', [script, checkout, config, ...(withOurs ? [`${OURS}gatekeeper-sw.js`] : [])], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  let errors = '';
  child.stderr.on('data', (data: Buffer) => (errors = (errors + String(data)).slice(-4_000)));
  const close = async () => {
    await stop(child);
    await rm(folder, { recursive: true, force: true });
  };
  await answers(ports.http[0]!, child).catch(async (error: unknown) => {
    await close();
    throw new Error(`web-platform-tests' server did not start. It wrote:\n${errors}`, { cause: error });
  });
  return {
    url: ({ protocol, path }) => `${protocol === 'http' ? 'http' : 'https'}://${HOSTS[0]}:${ports[protocol][0]}${path}`,
    close,
  };
}

/** Only Chromium's side of the names that their server answers to. */
export const HOST_RULES = HOSTS.flatMap((host) => [`MAP ${host} 127.0.0.1`, `MAP *.${host} 127.0.0.1`]);

async function freePorts(): Promise<Record<keyof typeof PORTS, number[]>> {
  const free = new Set<number>();
  const wanted = Object.values(PORTS).reduce((sum, count) => sum + count);
  while (free.size < wanted) free.add(await freePort());
  const left = [...free];
  return Object.fromEntries(Object.entries(PORTS).map(([kind, count]) => [kind, left.splice(0, count)])) as Record<
    keyof typeof PORTS,
    number[]
  >;
}

/** One necessary service, for all that the suite asks for. */
function everythingPermitted(ports: number[]): unknown {
  const hosts = HOSTS.flatMap((host) => [host, `*.${host}`]);
  const origins = ['http', 'https', 'ws', 'wss'].flatMap((scheme) =>
    hosts.flatMap((host) => ports.map((port) => `${scheme}://${host}:${port}`)),
  );
  return { revision: '1', services: [{ id: 'suite', provider: 'web-platform-tests', purpose: 'necessary', origins }] };
}

async function answers(port: number, child: ChildProcess): Promise<void> {
  const limit = Date.now() + START_LIMIT_MS;
  while (child.exitCode === null && Date.now() < limit) {
    if (
      await fetch(`http://127.0.0.1:${port}/resources/testharness.js`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await pause(100);
  }
  throw new Error(
    child.exitCode === null ? `No answer within ${START_LIMIT_MS / 1000} s.` : `It ended with ${child.exitCode}.`,
  );
}

/** It is the first of a group of processes, one for each port. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || !child.pid) return;
  const ended = once(child, 'exit');
  process.kill(-child.pid, 'SIGKILL');
  await ended;
}
